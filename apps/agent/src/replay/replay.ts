import type { Config } from '@vestibule/config';
import { ManualClock } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import { type Entry, type Payload, payloadOf } from '@vestibule/record';
import { createScript } from '../conversation/script.ts';
import { versionOf } from '../conversation/versions.ts';
import { contentOf, isDecision } from './decisions.ts';
import { type Difference, differenceOf } from './difference.ts';
import { Rehearsal } from './rehearsal.ts';

/** The first place where the agent would decide otherwise today than it did. */
export interface Divergence extends Difference {
  seq: number;
  kind: string;
}

export interface Replayed {
  /** What was compared and found the same. */
  same: { decisions: number; sentences: number; workers: number };
  divergence?: Divergence;
  /** Whether the answers on record were taken under the questionnaire, and the prompts, of now. */
  sameVersions: { questionnaire: boolean; prompts: boolean };
}

/**
 * Makes the agent decide again, from the inputs on the record (what was heard and keyed, turns, the model's outputs, faults) and at
 * their times, and holds its decisions against those on the record, in order: consent, answers with their events, red flags, hand-overs, the
 * words said, the outcome. A take-over begins anew from the record before it, as the worker did.
 */
export async function replay(
  entries: readonly Entry[],
  options: { config: Config; definition: Definition },
): Promise<Replayed> {
  const clock = new ManualClock(Date.parse(entries[0]?.header.at ?? ''));
  const same = { decisions: 0, sentences: 0, workers: 0 };
  const outputAfter = (seq: number) => outputFollowing(entries, seq);
  const end = (divergence?: Divergence): Replayed => ({
    same,
    sameVersions: compareVersions(entries, options),
    ...(divergence ? { divergence } : {}),
  });
  let rehearsal: Rehearsal | undefined;
  for (const [index, entry] of entries.entries()) {
    const { kind, seq, at } = entry.header;
    await clock.advance(Math.max(0, Date.parse(at) - clock.now()));
    if (kind === 'call' || kind === 'take-over') {
      const before = entries.slice(0, index);
      rehearsal = await Rehearsal.begin({ ...options, clock, before, first: entry, outputAfter });
      same.workers += 1;
    }
    if (!rehearsal) continue;
    // What callers and staff are told while one is brought to the other hangs on who answers, and when.
    if (kind === 'transfer') rehearsal.words.expectAnything();
    await rehearsal.take(entry);
    const difference = compare(entry, rehearsal);
    if (difference) return end({ seq, kind, ...difference });
    if (isDecision(entry)) same.decisions += 1;
    if (kind === 'said') same.sentences += 1;
  }
  return end();
}

function compare(entry: Entry, rehearsal: Rehearsal): Difference | undefined {
  if (isDecision(entry)) return compareDecisions(entry, rehearsal.nextDecision());
  const said = payloadOf(entry, 'said');
  const unexpected = said && rehearsal.words.say(said.piiText);
  if (unexpected) return { path: ['piiText'], recorded: said.piiText, replayed: unexpected.due };
  const end = payloadOf(entry, 'end');
  return end && compareEnd(end, rehearsal);
}

function compareDecisions(made: Entry, again: Entry | undefined): Difference | undefined {
  const [recorded, replayed] = [contentOf(made), contentOf(again)];
  return made.header.kind === again?.header.kind
    ? differenceOf(recorded, replayed)
    : { path: [], recorded, replayed };
}

/**
 * A call that the agent did not end itself is not complete, whatever was decided. One that a fault ended was ended by another worker: what
 * its own decided last may be lost with it.
 */
function compareEnd({ outcome, by }: Payload<'end'>, rehearsal: Rehearsal): Difference | undefined {
  const left = by === 'fault' ? undefined : rehearsal.nextDecision();
  if (left) return { path: [], recorded: undefined, replayed: contentOf(left) };
  // A caller who hangs up on a person has been handed over all the same.
  const isOurs = by === 'agent' || outcome === 'handed-over';
  return differenceOf(outcome, isOurs ? rehearsal.outcome : 'partial', ['outcome']);
}

function outputFollowing(entries: readonly Entry[], seq: number): Payload<'output'> | undefined {
  const later = entries
    .slice(seq + 1)
    .map((entry) => payloadOf(entry, 'output') ?? payloadOf(entry, 'prompt'));
  const next = later.find((payload) => payload !== undefined && payload.purpose === undefined);
  return next && 'toolCalls' in next ? next : undefined;
}

function compareVersions(
  entries: readonly Entry[],
  { config, definition }: { config: Config; definition: Definition },
): Replayed['sameVersions'] {
  const taken = entries.flatMap((entry) => payloadOf(entry, 'answer')?.versions ?? []);
  const [questionnaire, prompts] = [versionOf(definition), createScript(config).version];
  return {
    questionnaire: taken.every((versions) => versions.questionnaire === questionnaire),
    prompts: taken.every((versions) => versions.prompts === prompts),
  };
}
