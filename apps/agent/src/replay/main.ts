import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadConfig } from '@vestibule/config';
import { CodedError } from '@vestibule/core';
import { type Entry, payloadOf } from '@vestibule/record';
import { questionnaires } from '../questionnaires.ts';
import { withoutCallerData } from './difference.ts';
import { obstacleIn } from './obstacle.ts';
import { replay } from './replay.ts';

/**
 * Replays the record on standard input (opened entries, a JSON object a line) and prints what came of it as one line of JSON: what
 * `replay` gives, or `{ "obstacle": "why it cannot be" }`. `--redacted`: nothing of the caller's is in it.
 */
async function main(): Promise<unknown> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string', default: 'vestibule.yaml' },
      redacted: { type: 'boolean', default: false },
    },
  });
  const entries: Entry[] = [];
  for await (const line of createInterface(process.stdin)) entries.push(JSON.parse(line) as Entry);
  const obstacle = obstacleIn(entries);
  if (obstacle !== undefined) return { obstacle };
  const config = await loadConfig(values.config);
  const call = payloadOf(entries[0]!, 'call')!;
  const definition = await (await questionnaires(config))(call.dialled);
  if (definition.url !== call.questionnaire.url)
    return {
      obstacle: `it was taken with the questionnaire ${call.questionnaire.url}; ${values.config} has ${definition.url} for its number`,
    };
  const { divergence, ...replayed } = await replay(entries, { config, definition });
  if (!divergence) return replayed;
  return { ...replayed, divergence: values.redacted ? withoutCallerData(divergence) : divergence };
}

try {
  process.stdout.write(`${JSON.stringify(await main())}\n`);
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
