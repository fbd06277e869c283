import { systemClock } from '@vestibule/core';
import type { StaffPhones } from '@vestibule/local-carrier';
import {
  placeCall,
  ScriptedParty,
  type ScriptedTurn,
  type StaffBehaviour,
  type StaffCall,
  synthesiser,
} from '@vestibule/local-carrier';
import { attemptId, callKeys, type Entry, kmsCallKeys, payloadOf } from '@vestibule/record';
import { kmsClient } from '../archive-client.ts';
import { CallLogReader, type ReadableLog } from '../demo/call-log.ts';
import { address, ports } from '../ports.ts';
import type { RunningStack } from '../stack.ts';
import { staffGateway } from '../testing/deployment.ts';

export interface CalledBackOptions {
  stack: Pick<RunningStack, 'context' | 'config'>;
  phones: StaffPhones;
  callerNumber: string;
  /** What the caller does in their own call. */
  caller: readonly ScriptedTurn[];
  /** What happens at their telephone when it is called, the nth time. */
  telephone: readonly StaffBehaviour[];
  limitMs?: number;
}

export interface CalledBack {
  callId: string;
  /** Of the caller's own call, and of each attempt. */
  entries: readonly Entry[];
  attempts: readonly (readonly Entry[])[];
  /** The telephone's calls. */
  calls: readonly StaffCall[];
}

const voice = synthesiser('rms');

/** A caller's call, and the call-backs that follow, each to the end of its log. */
export async function calledBack(options: CalledBackOptions): Promise<CalledBack> {
  const { callerNumber, phones, stack, telephone, limitMs = 150_000 } = options;
  const kms = kmsClient(stack.context);
  const { dataKey: keyId } = stack.config.record;
  const keys = kmsCallKeys(kms, { keyId, tenant: stack.config.tenant });
  const reader = await CallLogReader.connect(`redis://${address(ports.redisLog)}`, keys);
  phones.people[callerNumber] = telephone[0]!;
  const until = systemClock.monotonic() + limitMs;
  try {
    const known = await reader.streams();
    const find = () => reader.findNew(known, callerNumber);
    const followed = follow(reader, find, until);
    await ownCall(options);
    const entries = await followed;
    const callId = entries[0]?.header.callId ?? '';
    const attempts: Entry[][] = [];
    for (const [index, behaviour] of telephone.entries()) {
      phones.people[callerNumber] = behaviour;
      const { log: stream } = callKeys(attemptId(callId, index + 1));
      attempts.push(await follow(reader, () => reader.open(stream), until));
    }
    const calls = phones.calls.filter(({ number }) => number === callerNumber);
    await Promise.all(calls.map(({ ended }) => Promise.race([ended, systemClock.sleep(2000)])));
    return { callId, entries, attempts, calls };
  } finally {
    reader.close();
    kms.destroy();
  }
}

async function ownCall({
  stack: { config },
  callerNumber,
  caller,
  limitMs = 90_000,
}: CalledBackOptions): Promise<void> {
  const { address: host, sip: port } = config.edge.public;
  await placeCall(
    {
      from: callerNumber,
      to: config.numbers[0]!.number,
      verstat: 'TN-Validation-Passed-A',
      targets: [{ address: host, port }],
      local: { address: staffGateway.address, port: 0, rtp: { from: 35_000, to: 35_999 } },
      limitMs,
    },
    {
      clock: systemClock,
      random: Math.random,
      voice,
      party: (mouth) => new ScriptedParty(caller, mouth),
      onEvent: () => undefined,
    },
  );
}

/** A log from its beginning, to its end or until nobody waits any longer. */
async function follow(
  reader: CallLogReader,
  find: () => Promise<ReadableLog | undefined>,
  until: number,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let log: ReadableLog | undefined;
  let from = '0';
  while (systemClock.monotonic() < until && entries.at(-1)?.header.kind !== 'end') {
    log ??= await find();
    if (!log) {
      await systemClock.sleep(50);
      continue;
    }
    const { entries: more, last } = await reader.after(log, from, 200);
    from = last;
    entries.push(...more);
    // Without consent nothing is kept for longer than it takes to seal it.
    if (more.length === 0 && !(await reader.open(log.stream))) return entries;
  }
  return entries;
}

/** Of a log: what was done about calling back. */
export const callBackSteps = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => {
    const wish = payloadOf(entry, 'call-back-wish')?.wish;
    const { step, code } = payloadOf(entry, 'call-back') ?? {};
    const text = [wish, step, code].filter((one) => one !== undefined && one !== '').join(' ');
    return text === '' ? [] : [text];
  });
