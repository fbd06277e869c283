/**
 * Word error rate of the local recogniser on telephone audio.
 *
 *   node bench/wer/run.ts [--voices rms,awb] [--every 5] [--list FILE] [--errors]
 *
 * Needs flite, espeak-ng, sox and the recogniser (python3.11 local/aws/recogniser/install.py).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRecogniserProcess } from '../../local/aws/src/recogniser/index.ts';
import { delays, listen } from './listen.ts';
import { add, noErrors, normalise, score, wordErrorRate, type Score } from './score.ts';
import { callerVoices, speak, voices, type Voice } from './voices.ts';

const PACED_ANSWERS = 4;

const { values: options } = parseArgs({
  options: {
    voices: { type: 'string', default: voices.join(',') },
    every: { type: 'string', default: '1' },
    list: { type: 'string', default: join(import.meta.dirname, 'answers.txt') },
    errors: { type: 'boolean', default: false },
  },
});
const every = Number(options.every);
const answers = readFileSync(options.list, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .filter((_, index) => index % every === 0);
const chosen = voices.filter((voice) => options.voices.split(',').includes(voice));

interface Tally {
  score: Score;
  seconds: number;
  tookMs: number;
}

async function measure(socket: string, voice: Voice): Promise<Tally> {
  let tally: Tally = { score: noErrors, seconds: 0, tookMs: 0 };
  for (const answer of answers) {
    const heard = await listen(socket, await speak(voice, answer));
    const result = score(normalise(answer), normalise(heard.text));
    if (options.errors && wordErrorRate(result) > 0) console.log(`${voice}: ${answer} -> ${heard.text}`);
    tally = {
      score: add(tally.score, result),
      seconds: tally.seconds + heard.seconds,
      tookMs: tally.tookMs + heard.tookMs,
    };
  }
  return tally;
}

function row(name: string, { score: s, seconds, tookMs }: Tally): string {
  const cells = [
    name,
    `${(100 * wordErrorRate(s)).toFixed(1)} %`,
    s.words,
    s.substitutions,
    s.insertions,
    s.deletions,
    (tookMs / 1000 / seconds).toFixed(3),
  ];
  return `| ${cells.join(' | ')} |`;
}

const sum = (tallies: Tally[]): Tally =>
  tallies.reduce(
    (a, b) => ({ score: add(a.score, b.score), seconds: a.seconds + b.seconds, tookMs: a.tookMs + b.tookMs }),
    { score: noErrors, seconds: 0, tookMs: 0 },
  );

const median = (values: number[]): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? NaN)} ms (worst ${Math.round(sorted.at(-1) ?? NaN)} ms)`;
};

const recogniser = await startRecogniserProcess();
try {
  console.log(`${answers.length} answers, 8 kHz mu-law, ${new Date().toISOString().slice(0, 10)}\n`);
  console.log(
    '| voice | word error rate | words | substitutions | insertions | deletions | real-time factor |',
  );
  console.log('|---|---|---|---|---|---|---|');
  const tallies = new Map<Voice, Tally>();
  for (const voice of chosen) {
    const tally = await measure(recogniser.socket, voice);
    tallies.set(voice, tally);
    console.log(row(voice, tally));
  }
  const callers = callerVoices.flatMap((voice) => tallies.get(voice) ?? []);
  if (callers.length > 0) console.log(row('callers together', sum(callers)));
  const paced = { final: [] as number[], partial: [] as number[] };
  for (const answer of answers.slice(0, PACED_ANSWERS)) {
    const found = await delays(recogniser.socket, await speak(chosen[0] ?? 'rms', answer));
    paced.final.push(...found.final);
    paced.partial.push(...found.partial);
  }
  console.log(`\nAt the pace of a call: final ${median(paced.final)} after the silence that ends a segment,`);
  console.log(`first partial ${median(paced.partial)} after the first word began.`);
} finally {
  await recogniser.stop();
}
