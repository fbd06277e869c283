/**
 * Red flags through the recogniser: labelled utterances spoken by the carrier's voices, 8 kHz mu-law, heard by the local
 * recogniser, then looked through as the agent does.
 *
 *   node bench/red-flags/spoken/main.ts [--lines 300] [--paced 60] [--split held-out]
 *
 * Needs flite, sox and the recogniser (python3.11 local/aws/recogniser/install.py). Prints no labelled line.
 */
import { parseArgs } from 'node:util';
import { startRecogniserProcess } from '../../../local/aws/src/recogniser/index.ts';
import { listen } from '../../wer/listen.ts';
import { add, noErrors, normalise, score, wordErrorRate } from '../../wer/score.ts';
import { callerVoices, speak } from '../../wer/voices.ts';
import { type Lanes, listenIn } from '../lanes.ts';
import { type Label, readLabels } from '../labels.ts';
import { hasFlag, rowOfAll } from '../score.ts';
import { table } from '../tables.ts';
import { randomFrom } from '../train/random.ts';
import { type AlarmTime, alarmTime } from './alarm-time.ts';

/** Streams at a time: the recogniser decodes one in a tenth of real time on a core that is its own. */
const streams = 2;

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '300' },
    paced: { type: 'string', default: '60' },
    split: { type: 'string', default: 'held-out' },
  },
});
// The third set is looked at as seldom as can be.
const labels = readLabels().filter(({ set, split }) => split === values.split && set !== 'third');
const sample = shuffled(labels).slice(0, Number(values.lines));
const laneNames: Record<keyof Lanes, string> = {
  phrases: 'phrases',
  withoutMeaning: 'with likeness',
  meaning: 'meaning alone',
  all: 'all lanes',
};
const voiceOf = (index: number) => callerVoices[index % callerVoices.length]!;

const recogniser = await startRecogniserProcess();
try {
  const heard: Label[] = [];
  let errors = noErrors;
  for (const [index, label] of sample.entries()) {
    const { text } = await listen(recogniser.socket, await speak(voiceOf(index), label.said));
    errors = add(errors, score(normalise(label.said), normalise(text)));
    heard.push({ ...label, said: text });
  }
  const lines = { text: await listenIn(sample), heard: await listenIn(heard) };
  const rows = (['phrases', 'withoutMeaning', 'all'] as const).flatMap((lane) =>
    (['text', 'heard'] as const).flatMap((as) =>
      (['first', 'second', undefined] as const).map((set) => rowFor(lines[as], lane, as, set)),
    ),
  );
  console.log(`${sample.length} lines (${values.split}), voices ${callerVoices.join(', ')}, 8 kHz mu-law\n`);
  console.log(`Word error rate ${(100 * wordErrorRate(errors)).toFixed(1)} % of ${errors.words} words\n`);
  console.log(table('Line', rows));
  console.log(timesTable(await alarmTimes(recogniser.socket)));
} finally {
  await recogniser.stop();
}

function rowFor(lines: readonly (Label & Lanes)[], lane: keyof Lanes, as: string, set?: string) {
  const judged = lines
    .filter((line) => !set || line.set === set)
    .map((line) => ({ ...line, fired: line[lane] }));
  return { ...rowOfAll(judged), flag: `${laneNames[lane]}, ${set ?? 'both sets'}, ${as}` };
}

/** Of the first positives of the sample. */
async function alarmTimes(socket: string): Promise<(AlarmTime | undefined)[]> {
  const positives = [...sample.entries()]
    .filter(([, label]) => hasFlag(label))
    .slice(0, Number(values.paced));
  const times: (AlarmTime | undefined)[] = [];
  const queue = [...positives];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, { said }] = next;
      times.push(await alarmTime(socket, await speak(voiceOf(index), said)));
    }
  };
  await Promise.all(Array.from({ length: streams }, work));
  return times;
}

function timesTable(times: readonly (AlarmTime | undefined)[]): string {
  const fired = times.filter((time) => time !== undefined);
  const early = fired.filter(({ afterUtterance }) => afterUtterance < 0).length;
  const partials = fired.filter(({ on }) => on === 'partial').length;
  return [
    '',
    `At the pace of a call: ${fired.length} of ${times.length} positives fire, ${partials} of them on a partial, ${early} before the last word ended.`,
    '',
    '| ms to the alarm | P50 | P95 |',
    '|---|---|---|',
    row(
      'after the last word that it needs',
      fired.map(({ afterWords }) => afterWords),
    ),
    row(
      'after the last word of the utterance',
      fired.map(({ afterUtterance }) => afterUtterance),
    ),
  ].join('\n');
}

function row(name: string, values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN);
  return `| ${name} | ${at(0.5)} | ${at(0.95)} |`;
}

function shuffled(labels: readonly Label[]): Label[] {
  const random = randomFrom(2);
  return labels
    .map((label) => ({ label, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ label }) => label);
}
