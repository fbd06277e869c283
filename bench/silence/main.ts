/**
 * The longest silence that a caller hears before the agent speaks, by the sound at their telephone: whole calls on the stack, with what can make
 * an agent fall silent.
 *
 *   node bench/silence/main.ts [--rows calm,stalled,throttled,late-words] [--persona plain.yaml]
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@vestibule/core';
import { parseWav, percentile } from '@vestibule/local-carrier';
import { ports, readEnvironment, startStack, takeDemoCall } from '@vestibule/local-stack';
import { silencesBefore } from './silences.ts';

const root = resolve(import.meta.dirname, '../..');
/** What Bedrock's and Transcribe's stand-ins are told before the call. */
const faults: Record<string, readonly object[]> = {
  calm: [],
  stalled: [{ service: 'bedrock', kind: 'stall', count: 1000 }],
  throttled: [{ service: 'bedrock', kind: 'throttle', count: 1000 }],
  'late-words': [{ service: 'transcribe', kind: 'late-final', ms: 5000, like: 'name' }],
};
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: Object.keys(faults).join(',') },
    persona: { type: 'string', default: 'plain.yaml' },
  },
});

const stack = await startStack(readEnvironment({ ...process.env, VESTIBULE_AGENTS: '1' }), {
  clock: systemClock,
  signal: AbortSignal.timeout(120_000),
  onEvent: () => undefined,
});
const control = `http://127.0.0.1:${ports.aws.port}/_local/faults`;

async function row(name: string): Promise<string> {
  await fetch(control, { method: 'DELETE' });
  for (const fault of faults[name] ?? [])
    await fetch(control, { method: 'POST', body: JSON.stringify(fault) });
  const { manifest, latencies, files } = await takeDemoCall({
    ...stack,
    persona: join(root, 'examples/personas', values.persona),
    clock: systemClock,
    signal: AbortSignal.timeout(600_000),
    onEvent: () => undefined,
  });
  const wav = files.find(([what]) => what.startsWith('call'))?.[1] ?? '';
  const silences = silencesBefore(parseWav(readFileSync(wav)));
  const ms = (values: readonly number[], q: number) => Math.round(percentile(values, q) ?? NaN);
  const turns = latencies.turnsMs;
  const cells = [
    name,
    manifest.outcome,
    `${ms(turns, 50)} / ${ms(turns, 95)} (${turns.length})`,
    ms(silences, 100),
    `${silences.filter((silence) => silence > 2500).length} of ${silences.length}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

try {
  console.log(
    '| call | outcome | turn P50 / P95 ms | longest silence before the agent speaks, ms | of more than 2.5 s |',
  );
  console.log('|---|---|---|---|---|');
  for (const name of values.rows.split(',')) console.log(await row(name));
} finally {
  await stack.stop();
}
