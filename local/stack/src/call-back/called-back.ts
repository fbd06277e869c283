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
import { attemptId, callKeys, type Entry, payloadOf } from '@vestibule/record';
import type { RunningStack } from '../stack.ts';
import { staffGateway } from '../testing/deployment.ts';
import { followLog, withLogReader } from '../testing/follow-log.ts';

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
export function calledBack(options: CalledBackOptions): Promise<CalledBack> {
  const { callerNumber, phones, stack, telephone, limitMs = 150_000 } = options;
  phones.people[callerNumber] = telephone[0]!;
  const until = systemClock.monotonic() + limitMs;
  return withLogReader(stack, async (reader) => {
    const known = await reader.streams();
    const followed = followLog(reader, () => reader.findNew(known, callerNumber), until);
    await ownCall(options);
    const entries = await followed;
    const callId = entries[0]?.header.callId ?? '';
    const attempts: Entry[][] = [];
    for (const [index, behaviour] of telephone.entries()) {
      phones.people[callerNumber] = behaviour;
      const { log: stream } = callKeys(attemptId(callId, index + 1));
      attempts.push(await followLog(reader, () => reader.open(stream), until));
    }
    const calls = phones.calls.filter(({ number }) => number === callerNumber);
    await Promise.all(calls.map(({ ended }) => Promise.race([ended, systemClock.sleep(2000)])));
    return { callId, entries, attempts, calls };
  });
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

/** Of a log: what was done about calling back. */
export const callBackSteps = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => {
    const wish = payloadOf(entry, 'call-back-wish')?.wish;
    const { step, code } = payloadOf(entry, 'call-back') ?? {};
    const text = [wish, step, code].filter((one) => one !== undefined && one !== '').join(' ');
    return text === '' ? [] : [text];
  });
