import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  expectedPhrases,
  makeMind,
  matchThreshold,
  openEars,
  parsePersona,
  questionnaireItems,
  rankCues,
  synthesiser,
} from '@vestibule/local-carrier';
import { decodeG711, encodeG711 } from '@vestibule/local-telephony';

const root = join(import.meta.dirname, '../..');
const persona = `version: 1\ncaller: { number: "+15550100123" }\nanswers: { "-": { says: "-", cues: [qqq] } }\n`;

/**
 * How well the person understands the agent: every wording of every item in a questionnaire, said by the agent's voice,
 * through µ-law, the recogniser and the cues. `node bench/personas/hearing.ts [QUESTIONNAIRE…]`
 */
async function main(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const items = questionnaireItems(readFileSync(file, 'utf8'), file);
    const mind = makeMind(parsePersona(persona).persona!, items);
    const prompts = items.flatMap(({ id, prompts: wordings }) => wordings.map((prompt) => ({ id, prompt })));
    const heard = await hear(
      prompts.map(({ prompt }) => prompt),
      expectedPhrases(mind),
    );
    let right = 0;
    for (const [index, { id, prompt }] of prompts.entries()) {
      const text = heard[index] ?? '';
      const [top] = rankCues(text, mind.candidates);
      const got = top && top.score >= matchThreshold ? top.item : '–';
      if (got === id) right += 1;
      process.stdout.write(
        `${got === id ? ' ' : '✖'} ${id} → ${got} ${top?.score.toFixed(2)}\n    ${prompt}\n    ${text}\n`,
      );
    }
    process.stdout.write(`${file}: ${right}/${prompts.length} prompts understood\n`);
  }
}

/** What the ears make of each prompt. */
async function hear(prompts: readonly string[], phrases: readonly string[]): Promise<string[]> {
  const voice = synthesiser('slt');
  const ears = await openEars(phrases);
  const texts: string[] = [];
  try {
    for (const prompt of prompts) {
      const segments: string[] = [];
      const quiet = Promise.withResolvers<void>();
      let waiting: NodeJS.Timeout | undefined;
      ears.onHeard = ({ text, final }) => {
        clearTimeout(waiting);
        if (!final) return;
        segments.push(text);
        waiting = setTimeout(quiet.resolve, 700);
      };
      const speech = decodeG711('PCMU', encodeG711('PCMU', await voice.speak(prompt)));
      for (const samples of [new Int16Array(4000), speech, new Int16Array(8000)]) ears.hear(samples);
      waiting = setTimeout(quiet.resolve, 6000);
      await quiet.promise;
      texts.push(segments.join(' '));
    }
  } finally {
    await ears.close();
  }
  return texts;
}

const named = process.argv.slice(2);
await main(named.length > 0 ? named : [join(root, 'examples/questionnaires/new-patient.yaml')]);
