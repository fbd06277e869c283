import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { LLM } from '@vestibule/agents-plugin-aws';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { type Entry, payloadOf } from '@vestibule/record';
import { replay } from '../../apps/agent/src/replay/replay.ts';
import { RecordedCall } from '../../apps/agent/src/replay/testing/recorded-call.ts';
import { startStandIn } from '../agents-plugin-aws/stand-in.ts';

// Two models of the Bedrock stand-in, with its measured latencies, and faults that strike the first: what the caller hears, and when.

const config = await loadConfig('vestibule.yaml');
const { definition } = loadQuestionnaire(
  `{ id: one, url: 'https://vestibule.example/fhir/Questionnaire/one', title: One, version: '1', items: [{ id: smoke, ask: Do you smoke?, type: boolean, required: true }] }`,
  'one.yaml',
);
const names = ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'us.amazon.nova-lite-v1:0'];
/** The caller never hears more unexplained silence than this, ms; 0.3 of it are for the voice. */
const limitMs = 2500 - 300;

let aws: Awaited<ReturnType<typeof startStandIn>>;
const clients: BedrockRuntimeClient[] = [];
before(async () => {
  aws = await startStandIn('measured');
  // A connection that is there already: a worker has had calls before.
  await (await begin()).asks('warm up, if you please');
});
after(async () => {
  for (const client of clients) client.destroy();
  await aws.stop();
});

function begin(): Promise<RecordedCall> {
  const models = names.map((model) => {
    const client = new BedrockRuntimeClient({ ...aws.clientConfig, maxAttempts: 1 });
    clients.push(client);
    const llm = new LLM({ model, client });
    llm.on('error', () => {});
    return { name: `bedrock:${model}`, llm };
  });
  return RecordedCall.begin(config, definition!, models, 1200);
}

/** The first words after the turn: what they are, and how long the caller waited. */
function firstWords(entries: readonly Entry[]): { words: string; ms: number } {
  const turn = entries.findLastIndex(({ header }) => header.kind === 'turn');
  const said = entries.slice(turn).find(({ header }) => header.kind === 'said');
  assert.ok(said, 'silence');
  const ms = Date.parse(said.header.at) - Date.parse(entries[turn]!.header.at);
  return { words: payloadOf(said, 'said')?.piiText ?? '', ms };
}

const outcomes = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => {
    const output = payloadOf(entry, 'output');
    return output ? [[output.model, output.failure ?? 'answered']] : [];
  });

for (const [what, fault, failure] of [
  ['throttled', { kind: 'throttle' }, 'throttled'],
  ['in trouble', { kind: 'error' }, 'broken'],
  ['unavailable', { kind: 'unavailable' }, 'broken'],
  ['reset', { kind: 'reset' }, 'broken'],
  ['cut off before it has begun', { kind: 'clean-end' }, 'broken'],
  ['stalled before its first token', { kind: 'stall' }, 'late'],
  ['stalled after the answer was opened', { kind: 'stall', after: 1 }, 'late'],
  ['slow', { kind: 'slow', ms: 5000 }, 'late'],
] as const) {
  test(
    `the first model ${what}: the second answers in the same turn, in time`,
    { timeout: 30_000 },
    async (t) => {
      const call = await begin();
      await aws.fault({ service: 'bedrock', ...fault });
      await call.asks('well I am not so sure what you mean by that');
      const { words, ms } = firstWords(call.entries);
      t.diagnostic(`${ms} ms: ${words}`);
      assert.ok(ms <= limitMs, `${ms} ms`);
      assert.deepEqual(outcomes(call.entries), [
        [`bedrock:${names[0]}`, failure],
        [`bedrock:${names[1]}`, 'answered'],
      ]);
      assert.doesNotMatch(words, /One moment/);
    },
  );
}

for (const kind of ['throttle', 'stall'] as const) {
  test(
    `all models ${kind === 'stall' ? 'stalled' : 'throttled'}: the caller is told in time, and the engine goes on`,
    { timeout: 60_000 },
    async (t) => {
      const call = await begin();
      await aws.fault({ service: 'bedrock', kind, count: 4 });
      await call.asks('well I am not so sure what you mean by that');
      const { words, ms } = firstWords(call.entries);
      t.diagnostic(`${ms} ms: ${words}`);
      assert.ok(ms <= limitMs + 100, `${ms} ms`);
      assert.match(words, kind === 'stall' ? /One moment/ : /I understand only plain answers/);
      await fetch(`${aws.endpoint}/_local/faults`, { method: 'DELETE' });
      await call.asks('yes');
      await call.asks('no');
      const entries = await call.end();
      assert.equal(payloadOf(entries.at(-1)!, 'end')?.outcome, 'complete');
      const { divergence } = await replay(entries, { config, definition: definition! });
      assert.equal(divergence, undefined, JSON.stringify(divergence));
    },
  );
}
