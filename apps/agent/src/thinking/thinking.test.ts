import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initializeLogger, llm } from '@livekit/agents';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import { z } from 'zod';
import { PromptLog } from '../call/prompt-log.ts';
import { Standing } from './standing.ts';
import { type Act, broken, refused, StagedLlm, throttled } from './testing/staged-llm.ts';
import { type Chunk, Thinking } from './thinking.ts';

initializeLogger({ pretty: false, level: 'silent' });

const record = llm.tool({
  name: 'record_answer',
  description: 'Records.',
  parameters: z.object({ item: z.enum(['pain']) }),
  execute: async () => '',
});
const fits = '{"item":"pain"}';
const hello: Act[] = [{ says: 'Hello.' }];
const never: Act[] = [{ waitMs: 3_600_000 }];

/** A list of staged models, and what a caller would hear of them, each with the time since they were asked. */
async function open(...answers: (readonly Act[])[][]) {
  const clock = new WaitedClock();
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 1e9))!, new MemoryCallKeys());
  const staged = answers.map((each) => new StagedLlm(clock, ...each));
  const models = staged.map((model, index) => ({ name: `m${index + 1}`, llm: model }));
  const logged: string[] = [];
  const logger = jsonLogger('test', { level: 'warn', write: (line) => logged.push(line) });
  const standing = new Standing(clock);
  const prompts = new PromptLog(log, () => clock.monotonic());
  const thinking = new Thinking({ models, standing, prompts, clock, logger, firstTokenMs: 1200 });
  let end = '';
  const question = {
    ...{ system: ['Rules.'], context: llm.ChatContext.empty(), prompt: llm.ChatContext.empty() },
    ...{ tools: new llm.ToolContext([record]), choice: 'auto' as const },
    mouth: () => ({ push: (words: string) => words, end: () => end, isFull: false }),
    otherwise: async () => 'Engine.',
  };
  const heard: [string, number][] = [];
  const wordOf = (chunk: Chunk) =>
    typeof chunk === 'string' ? chunk : (chunk.delta?.toolCalls ?? []).map(({ name }) => name).join();
  return {
    ...{ clock, log, thinking, standing, question, heard, logged, staged },
    setEnd: (words: string) => void (end = words),
    /** Asks, and lets time pass until the answer has ended. */
    ask: async (choice: llm.ToolChoice = 'auto') => {
      heard.length = 0;
      const began = clock.monotonic();
      let isDone = false;
      const read = (async () => {
        for await (const chunk of thinking.answer({ ...question, choice }))
          heard.push([wordOf(chunk), clock.monotonic() - began]);
      })().finally(() => (isDone = true));
      while (!isDone) {
        await settled();
        if (!isDone && clock.isWaitedFor) await clock.advance(50);
      }
      await read;
      return heard;
    },
    attempts: () =>
      log.entries.flatMap((entry) => {
        const output = payloadOf(entry, 'output');
        return output
          ? [`${output.model}: ${output.failure ?? (output.cutOff ? 'cut off' : 'answered')}`]
          : [];
      }),
    prompts: () => log.entries.flatMap((entry) => payloadOf(entry, 'prompt')?.model ?? []),
  };
}

/** A clock that knows whether anybody waits for it: writing the log takes no time of its. */
class WaitedClock extends ManualClock {
  #waiting = 0;

  get isWaitedFor(): boolean {
    return this.#waiting > 0;
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.#waiting += 1;
    await super.sleep(ms, signal);
    this.#waiting -= 1;
  }
}

/** The framework's streams begin by a timer of no length, and its queues take a few turns of the loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await new Promise(setImmediate);
  }
}

test('a model that has not begun in time is passed over in the same turn, and each attempt is on record', async () => {
  const on = await open([never], [hello]);
  const [[word, atMs] = ['', 0]] = await on.ask();
  assert.equal(word, 'Hello.');
  assert.ok(atMs >= 1200 && atMs <= 1250, `${atMs} ms`);
  assert.deepEqual(on.attempts(), ['m1: late', 'm2: answered']);
  assert.deepEqual(on.prompts(), ['m1', 'm2']);
  assert.match(on.logged.join(), /model failed/);
});

for (const [what, acts, failure] of [
  ['throttled', [{ fails: throttled }], 'throttled'],
  ['refused', [{ fails: refused }], 'refused'],
  ['broken', [{ fails: broken }], 'broken'],
  ['empty', [], 'empty'],
] as const satisfies [string, Act[], string][]) {
  test(`one that is ${what} is too, at once`, async () => {
    const on = await open([acts], [hello]);
    const [[word, atMs] = ['', 0]] = await on.ask();
    assert.deepEqual([word, atMs], ['Hello.', 0]);
    assert.deepEqual(on.attempts(), [`m1: ${failure}`, 'm2: answered']);
  });
}

test('one that stops in mid-answer calls none of its tools, and the next is asked', async () => {
  const on = await open([[{ says: 'One. ' }, { calls: 'record_answer', args: fits }, ...never]], [hello]);
  assert.deepEqual(
    (await on.ask()).map(([word]) => word),
    ['One. ', 'Hello.'],
  );
  assert.deepEqual(on.attempts(), ['m1: late', 'm2: answered']);
});

test('the last in the list is given three times as long; behind it there is only the engine', async () => {
  const slow = await open([[{ waitMs: 3000 }, ...hello]]);
  assert.equal((await slow.ask())[0]?.[0], 'Hello.');
  const dead = await open([never]);
  const [[word, atMs] = ['', 0]] = await dead.ask();
  assert.equal(word, 'Engine.');
  assert.ok(atMs >= 3600 && atMs <= 3650, `${atMs} ms`);
});

test('a failure that took no time is tried once more before the engine takes over', async () => {
  const on = await open([[{ fails: throttled }], hello]);
  const [[word, atMs] = ['', 0]] = await on.ask();
  assert.equal(word, 'Hello.');
  assert.ok(atMs <= 300, `${atMs} ms`);
  const gone = await open([[{ fails: throttled }]], [[{ fails: broken }]]);
  assert.equal((await gone.ask())[0]?.[0], 'Engine.');
  assert.deepEqual(gone.attempts(), ['m1: throttled', 'm2: broken', 'm1: throttled', 'm2: broken']);
});

test('one that failed rests, is tried again after a while, and longer each time it fails', async () => {
  const on = await open([never, never, hello], [hello]);
  await on.ask();
  await on.ask();
  assert.equal(on.staged[0]?.asked, 1, 'it rests');
  await on.clock.advance(5000);
  await on.ask();
  assert.equal(on.staged[0]?.asked, 2, 'half-open');
  await on.clock.advance(6000);
  await on.ask();
  assert.equal(on.staged[0]?.asked, 2, 'it rests for longer');
  await on.clock.advance(5000);
  const [[, atMs] = ['', 1]] = await on.ask();
  assert.deepEqual([on.staged[0]?.asked, atMs], [3, 0]);
});

test('when all rest nobody is asked, until one may be again', async () => {
  const on = await open([never, hello]);
  await on.ask();
  assert.equal(on.thinking.isReady, false);
  assert.deepEqual(await on.ask(), [['Engine.', 0]]);
  assert.equal(on.staged[0]?.asked, 1);
  await on.clock.advance(5000);
  assert.equal(on.thinking.isReady, true);
  assert.equal((await on.ask())[0]?.[0], 'Hello.');
});

test('nonsense is told to its model once; twice in a turn the next is asked', async () => {
  for (const [calls, args] of [
    ['no_such_tool', '{}'],
    ['record_answer', '{"item":"moon"}'],
    ['record_answer', '{"item":7}'],
    ['record_answer', '[1'],
    ['record_answer', `{"item":"${'x'.repeat(5000)}"}`],
  ] as const) {
    const on = await open([[{ calls, args }]], [hello]);
    assert.equal((await on.ask())[0]?.[0], calls, 'the framework answers it');
    assert.equal((await on.ask())[0]?.[0], 'Hello.', args.slice(0, 20));
    assert.deepEqual(on.attempts(), ['m1: answered', 'm1: nonsense', 'm2: answered']);
    on.thinking.newTurn();
  }
});

test('tool calls where none are wanted are no answer', async () => {
  const on = await open([[{ calls: 'record_answer', args: fits }]], [hello]);
  assert.equal((await on.ask('none'))[0]?.[0], 'Hello.');
});

test('one that never stops is stopped: by what may be said, and by the clock', async () => {
  const on = await open([Array.from({ length: 5000 }, (): Act => ({ says: 'and on ' }))], [hello]);
  let pushed = 0;
  on.question.mouth = () => ({
    push: (words) => ((pushed += 1), words),
    end: () => ' What is your name?',
    get isFull() {
      return pushed >= 50;
    },
  });
  const heard = await on.ask();
  assert.equal(heard.length, 51);
  assert.equal(heard.at(-1)?.[0], ' What is your name?');

  const drip = Array.from({ length: 100 }, (): Act[] => [
    { waitMs: 1000 },
    { calls: 'record_answer', args: fits },
  ]);
  const slow = await open([drip.flat()], [hello]);
  const [[word, atMs] = ['', 0]] = await slow.ask();
  assert.equal(word, 'Hello.');
  assert.ok(atMs <= 10_100, `${atMs} ms`);
});

test('a caller who goes on speaking ends the request; what came is on record, and no other model is asked', async () => {
  const on = await open([[{ says: 'One. ' }, ...never]], [hello]);
  const reader = on.thinking.answer(on.question).getReader();
  assert.deepEqual((await reader.read()).value, 'One. ');
  const next = reader.read();
  await reader.cancel();
  await next;
  await settled();
  assert.deepEqual(on.attempts(), ['m1: cut off']);
  assert.equal(on.staged[1]?.asked, 0);
  assert.equal(on.thinking.isReady, true, 'it is not the model’s fault');
});

test('words pass at once, tool calls only when the output is on the log', async () => {
  const on = await open([[{ says: 'One. ' }, { calls: 'record_answer', args: fits }]]);
  const seen: number[] = [];
  for await (const chunk of on.thinking.answer(on.question))
    seen.push(on.log.entries.filter(({ header }) => header.kind === 'output').length + (chunk ? 0 : 9));
  assert.deepEqual(seen, [0, 1]);
});

test('a log that refuses the output keeps its tools from being called, and no other model is asked', async () => {
  const on = await open([[{ calls: 'record_answer', args: fits }]], [hello]);
  const append = on.log.append.bind(on.log);
  on.log.append = (kind: string, payload: never) =>
    kind === 'output' ? Promise.reject(new Error('fenced')) : append(kind as never, payload);
  await assert.rejects(Array.fromAsync(on.thinking.answer(on.question)), /fenced/);
  assert.equal(on.staged[1]?.asked, 0);
});
