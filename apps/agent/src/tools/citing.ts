import { parseJson } from '@vestibule/core';
import { type Entry, payloadOf } from '@vestibule/record';
import { z } from 'zod';

const foundSchema = z.object({
  passages: z.array(z.object({ text: z.string(), source: z.object({ id: z.string() }) })),
});

/** Shorter words say nothing of where a sentence is from. */
const shortestWord = 4;
/** So much of a sentence's words must be a passage's: fewer meet by chance. */
const leastShare = 0.4;

/**
 * The documents that a sentence rests on: of the passages found since the caller last spoke, those that share most of its words. A model
 * does not say which of them it used; its words do.
 */
export function citing(sentence: string, entries: readonly Entry[]): { cites?: string[] } {
  const since = entries.slice(entries.findLastIndex(({ header }) => header.kind === 'turn') + 1);
  const passages = since.flatMap((entry) => passagesIn(payloadOf(entry, 'tool-result')?.piiResult));
  const words = wordsOf(sentence);
  if (passages.length === 0 || words.size === 0) return {};
  const shared = passages.map(({ text, source }) => ({
    id: source.id,
    share: sharedOf(words, wordsOf(text)),
  }));
  const most = Math.max(...shared.map(({ share }) => share));
  if (most < leastShare) return {};
  return { cites: [...new Set(shared.filter(({ share }) => share === most).map(({ id }) => id))] };
}

const sharedOf = (words: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...words].filter((word) => others.has(word)).length / words.size;

function passagesIn(result: unknown) {
  return foundSchema.safeParse(typeof result === 'string' ? parseJson(result) : result).data?.passages ?? [];
}

const wordsOf = (text: string) =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= shortestWord));
