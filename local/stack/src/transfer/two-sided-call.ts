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

/** Longest that a call may take, ms. */
const defaultMs = 120_000;

const keyed = (keys: readonly string[]): ScriptedTurn[] =>
  keys.map((digits) => ({ after: 'turn', steps: [{ kind: 'keys', digits }] }));

/** A call from both its ends: a caller who is brought to a person, and staff at their telephones. */
export function twoSidedCall(options: TwoSidedOptions): Promise<TwoSidedCall> {
  const { callerNumber, hangsUp, limitMs = defaultMs, onEntry, people, phones, stack } = options;
  Object.assign(phones.people, people);
  const earlier = phones.calls.length;
  const hangUp = new AbortController();
  return withLogReader(stack, async (reader) => {
    const until = systemClock.monotonic() + limitMs + 30_000;
    // Before the call is placed: a log that is known already is not looked at.
    const known = await reader.streams();
    const followed = followLog(
      reader,
      () => reader.findNew(known, callerNumber),
      until,
      (more) => {
        more.forEach((entry) => onEntry?.(entry));
        const afterMs = more.map((entry) => hangsUp?.(entry)).find((ms) => ms !== undefined);
        if (afterMs !== undefined) void systemClock.sleep(afterMs).then(() => hangUp.abort());
      },
    );
    const caller = await callAsCaller(options, hangUp.signal);
    const entries = await followed;
    const staff = phones.calls.slice(earlier).filter(({ number }) => number in people);
    return { entries, staff, caller };
  });
}

async function callAsCaller(
  { callerNumber, keys = ['1', '1'], limitMs = defaultMs, onRefer, stack }: TwoSidedOptions,
  signal: AbortSignal,
): Promise<TwoSidedCall['caller']> {
  const { edge, numbers } = stack.config;
  let fromMs = 0;
  let party: ScriptedParty | undefined;
  const tone = toneFrames(tones.caller);
  const { wav, summary } = await placeCall(
    {
      from: callerNumber,
      to: numbers[0]!.number,
      verstat: 'TN-Validation-Passed-A',
      targets: [{ address: edge.public.address, port: edge.public.sip }],
      local: { address: staffGateway.address, port: 0, rtp: { from: 35_000, to: 35_999 } },
      limitMs,
    },
    {
      clock: systemClock,
      random: Math.random,
      voice: synthesiser('rms'),
      party: (mouth) => (party = new ScriptedParty(keyed(keys), mouth)),
      // On a busy machine the sound falls behind the clock in a long call: what counts happens at its end.
      onEvent: ({ event, rtpMs }) => {
        if (event !== 'summary' && rtpMs !== undefined) fromMs = systemClock.now() - rtpMs;
      },
      background: () => (party?.isDone === true ? tone() : undefined),
      ...(onRefer ? { onRequest: onRefer } : {}),
      signal,
    },
  );
  const heard = wav ? parseWav(wav).channels[1]! : new Int16Array(0);
  return { heard, fromMs, endedBy: summary.endedBy };
}

/** What was heard at a telephone of staff that was answered and has hung up; times as for the caller. */
export function heardBy({ wav, at }: StaffCall): { heard: Int16Array; fromMs: number } {
  const heard = wav ? parseWav(wav).channels[1]! : new Int16Array(0);
  return { heard, fromMs: (at.ended ?? NaN) - heard.length / 8 };
}

/** Of the transfers in a log: their steps, with the wall-clock ms of each. */
export function transferSteps(entries: readonly Entry[]): (Payload<'transfer'> & { atMs: number })[] {
  return entries.flatMap((entry) => {
    const found = payloadOf(entry, 'transfer');
    return found ? [{ ...found, atMs: Date.parse(entry.header.at) }] : [];
  });
}
