import { systemClock } from '@vestibule/core';
import {
  type CallParts,
  type CallResult,
  parseWav,
  placeCall,
  ScriptedParty,
  type ScriptedTurn,
  type StaffBehaviour,
  type StaffCall,
  type StaffPhones,
  synthesiser,
  toneFrames,
} from '@vestibule/local-carrier';
import { type Entry, type Payload, payloadOf } from '@vestibule/record';
import type { RunningStack } from '../stack.ts';
import { staffGateway } from '../testing/deployment.ts';
import { followLog, withLogReader } from '../testing/follow-log.ts';

/** What caller and staff send while they do not speak, Hz: who hears whom can be told to the frame. */
export const tones = { caller: 700, staff: 1130 } as const;

export interface TwoSidedOptions {
  stack: Pick<RunningStack, 'context' | 'config'>;
  /** Where staff are called: several calls may be on at once, each with staff of its own. */
  phones: StaffPhones;
  people: Readonly<Record<string, StaffBehaviour>>;
  /** What the caller keys: consent, and whether they are in danger, and worried. */
  keys?: readonly string[];
  callerNumber: string;
  onRefer?: NonNullable<CallParts['onRequest']>;
  /** The caller hangs up so long after the first entry for which there is a number, ms. */
  hangsUp?: (entry: Entry) => number | undefined;
  onEntry?: (entry: Entry) => void;
  limitMs?: number;
}

export interface TwoSidedCall {
  entries: readonly Entry[];
  staff: readonly StaffCall[];
  /** What the caller heard, at 8 kHz, and the wall-clock ms of its first sample. */
  caller: { heard: Int16Array; fromMs: number; endedBy: CallResult['summary']['endedBy'] };
}

const keyed = (keys: readonly string[]): ScriptedTurn[] =>
  keys.map((digits) => ({ after: 'turn', steps: [{ kind: 'keys', digits }] }));

/** A call from both its ends: a caller who is brought to a person, and staff at their telephones. */
export async function twoSidedCall(options: TwoSidedOptions): Promise<TwoSidedCall> {
  const { config } = options.stack;
  const { phones, people } = options;
  Object.assign(phones.people, people);
  const earlier = phones.calls.length;
  const hangUp = new AbortController();
  const followed = follow(options, (afterMs) => void systemClock.sleep(afterMs).then(() => hangUp.abort()));
  const sound = { fromMs: 0 };
  let party: ScriptedParty | undefined;
  const tone = toneFrames(tones.caller);
  const { address: host, sip: port } = config.edge.public;
  const { wav, summary } = await placeCall(
    {
      from: options.callerNumber,
      to: config.numbers[0]!.number,
      verstat: 'TN-Validation-Passed-A',
      targets: [{ address: host, port }],
      local: { address: staffGateway.address, port: 0, rtp: { from: 35_000, to: 35_999 } },
      limitMs: options.limitMs ?? 120_000,
    },
    {
      clock: systemClock,
      random: Math.random,
      voice: synthesiser('rms'),
      party: (mouth) => (party = new ScriptedParty(keyed(options.keys ?? ['1', '1']), mouth)),
      // On a busy machine the sound falls behind the clock in a long call: what counts happens at its end.
      onEvent: ({ event, rtpMs }) => {
        if (event !== 'summary' && rtpMs !== undefined) sound.fromMs = systemClock.now() - rtpMs;
      },
      background: () => (party?.isDone === true ? tone() : undefined),
      ...(options.onRefer ? { onRequest: options.onRefer } : {}),
      signal: hangUp.signal,
    },
  );
  const heard = wav ? parseWav(wav).channels[1]! : new Int16Array(0);
  const entries = await followed;
  const staff = phones.calls.slice(earlier).filter(({ number }) => number in people);
  return { entries, staff, caller: { heard, endedBy: summary.endedBy, ...sound } };
}

/** What was heard at a telephone of staff that was answered and has hung up; times as for the caller. */
export function heardBy({ wav, at }: StaffCall): { heard: Int16Array; fromMs: number } {
  const heard = wav ? parseWav(wav).channels[1]! : new Int16Array(0);
  return { heard, fromMs: (at.ended ?? NaN) - heard.length / 8 };
}

/** The call's log, to its end. */
const follow = (
  { stack, callerNumber, hangsUp, onEntry, limitMs = 120_000 }: TwoSidedOptions,
  hangUp: (afterMs: number) => void,
): Promise<Entry[]> =>
  withLogReader(stack, async (reader) => {
    const until = systemClock.monotonic() + limitMs + 30_000;
    const known = await reader.streams();
    const find = () => reader.findNew(known, callerNumber);
    return followLog(reader, find, until, (more) => {
      more.forEach((entry) => onEntry?.(entry));
      const afterMs = more.map((entry) => hangsUp?.(entry)).find((ms) => ms !== undefined);
      if (afterMs !== undefined) hangUp(afterMs);
    });
  });

/** Of the transfers in a log: their steps, with the wall-clock ms of each. */
export function transferSteps(entries: readonly Entry[]): (Payload<'transfer'> & { atMs: number })[] {
  return entries.flatMap((entry) => {
    const found = payloadOf(entry, 'transfer');
    return found ? [{ ...found, atMs: Date.parse(entry.header.at) }] : [];
  });
}
