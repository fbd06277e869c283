import { percentile } from '@vestibule/local-carrier';
import { add, noErrors, normalise, score, wordErrorRate, type Score } from '../wer/score.ts';
import type { CallerSide, Utterance } from './caller.ts';
import type { Both, Final, Hearing, Word } from './hear.ts';

/** A final belongs to what was said last before its words end; the recogniser's ends are off by less than this, ms. */
const nearMs = 700;

/** What one or more calls came to. */
export interface Figures {
  lineMs: number;
  sent: { whole: number; trimmed: number };
  errors: { whole: Score; trimmed: Score };
  /** From the end of the voice to the final, ms. */
  delays: { whole: number[]; trimmed: number[] };
  /** Between the times of the same word, ms. */
  apart: number[];
  /** Between the first word's beginning and the voice's, ms. */
  onsets: { whole: number[]; trimmed: number[] };
}

export function figuresOf({ pcm, utterances }: CallerSide, heard: Both): Figures {
  const both = <T>(of: (hearing: Hearing) => T) => ({ whole: of(heard.whole), trimmed: of(heard.trimmed) });
  return {
    lineMs: pcm.length / 8,
    sent: both(({ sentMs }) => sentMs),
    errors: both(({ finals }) => {
      const words = finals.flatMap((final) => final.words.map(({ text }) => text));
      return score(normalise(utterances.map(({ text }) => text).join(' ')), normalise(words.join(' ')));
    }),
    delays: both(({ finals }) => utterances.flatMap((said) => delayOf(said, finals))),
    apart: utterances.flatMap((said) => apart(wordsOf(said, heard.whole), wordsOf(said, heard.trimmed))),
    onsets: both((hearing) =>
      utterances.flatMap((said) => {
        const [first] = wordsOf(said, hearing);
        return first ? [first.startMs - said.startMs] : [];
      }),
    ),
  };
}

const isOf = ({ startMs, endMs }: Utterance, word: Word | undefined) =>
  word !== undefined && word.endMs > startMs && word.endMs < endMs + nearMs;

const wordsOf = (said: Utterance, { finals }: Hearing) =>
  finals.flatMap(({ words }) => words.filter((word) => isOf(said, word)));

/** The last final of what was said. */
function delayOf(said: Utterance, finals: readonly Final[]): number[] {
  const last = finals.findLast(({ words }) => isOf(said, words.at(-1)));
  return last ? [last.cameMs - said.endMs] : [];
}

/** The same words, in order, where both heard the same. */
function apart(whole: readonly Word[], trimmed: readonly Word[]): number[] {
  const text = (words: readonly Word[]) => words.map((word) => word.text).join(' ');
  if (text(whole) !== text(trimmed)) return [];
  return whole.flatMap((word, i) => [
    Math.abs(word.startMs - trimmed[i]!.startMs),
    Math.abs(word.endMs - trimmed[i]!.endMs),
  ]);
}

export const together = (all: readonly Figures[]): Figures => ({
  lineMs: sum(all.map(({ lineMs }) => lineMs)),
  sent: {
    whole: sum(all.map(({ sent }) => sent.whole)),
    trimmed: sum(all.map(({ sent }) => sent.trimmed)),
  },
  errors: {
    whole: all.map(({ errors }) => errors.whole).reduce(add, noErrors),
    trimmed: all.map(({ errors }) => errors.trimmed).reduce(add, noErrors),
  },
  delays: {
    whole: all.flatMap(({ delays }) => delays.whole),
    trimmed: all.flatMap(({ delays }) => delays.trimmed),
  },
  apart: all.flatMap((one) => one.apart),
  onsets: {
    whole: all.flatMap(({ onsets }) => onsets.whole),
    trimmed: all.flatMap(({ onsets }) => onsets.trimmed),
  },
});

export const head = [
  '| call | line s | sent s whole / trimmed | share | word errors whole / trimmed | final after P50 / P95 ms, whole | trimmed | ratio P50 | word times apart P50 / max ms | first word off P50 ms, whole / trimmed |',
  '|---|---|---|---|---|---|---|---|---|---|',
].join('\n');

export function row(name: string, f: Figures): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(0);
  const rate = (s: Score) => `${(100 * wordErrorRate(s)).toFixed(1)} %`;
  const at = (values: number[], q: number) => Math.round(percentile(values, q) ?? NaN);
  const ratio = (a: number[], b: number[]) => (percentile(a, 50) ?? NaN) / (percentile(b, 50) ?? NaN);
  const tail = (values: number[]) => `${at(values, 50)} / ${at(values, 95)} (${values.length})`;
  const cells = [
    name,
    seconds(f.lineMs),
    `${seconds(f.sent.whole)} / ${seconds(f.sent.trimmed)}`,
    `${((100 * f.sent.trimmed) / f.sent.whole).toFixed(0)} %`,
    `${rate(f.errors.whole)} / ${rate(f.errors.trimmed)}`,
    tail(f.delays.whole),
    tail(f.delays.trimmed),
    ratio(f.delays.trimmed, f.delays.whole).toFixed(2),
    `${at(f.apart, 50)} / ${Math.round(Math.max(...f.apart))} (${f.apart.length})`,
    `${at(f.onsets.whole, 50)} / ${at(f.onsets.trimmed, 50)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
