import assert from 'node:assert/strict';
import { TransformStream } from 'node:stream/web';
import { test } from 'node:test';
import { asLanguageCode, stt } from '@livekit/agents';
import { CallerSilence } from './caller-silence.ts';
import { overhear } from './hearing.ts';

const { INTERIM_TRANSCRIPT, FINAL_TRANSCRIPT, END_OF_SPEECH } = stt.SpeechEventType;

/** A recogniser's stream to be written to, and what comes out at the framework's end. `isNew`: what the listener says of the final. */
function line({ takes = true, isNew = false } = {}) {
  const { readable, writable } = new TransformStream<stt.SpeechEvent | string, stt.SpeechEvent | string>(
    {},
    { highWaterMark: 9 },
    { highWaterMark: 9 },
  );
  const writer = writable.getWriter();
  const silence = new CallerSilence();
  const asked: string[] = [];
  const through = overhear(readable, {
    offsetMs: 0,
    silence,
    listener: {
      onPartial: () => {},
      onFinal: () => isNew,
      takesInterim: ({ text }) => asked.push(text) > 0 && takes,
    },
  });
  return {
    silence,
    asked,
    through,
    breaks: () => writer.abort(new Error('gone')),
    says: (type: stt.SpeechEventType, text: string, endTime: number) =>
      writer.write({
        type,
        alternatives: [{ language: asLanguageCode('en'), text, startTime: 0.1, endTime, confidence: 0 }],
      }),
    ends: () => writer.write({ type: END_OF_SPEECH }),
    /** All that came out, in order. */
    close: async () => {
      void writer.close();
      const events = await Array.fromAsync(through);
      return events.map((event) =>
        typeof event === 'string' ? event : `${event.type}: ${event.alternatives?.[0]?.text ?? ''}`.trim(),
      );
    },
  };
}

test('interim words become a final when the caller falls silent after them; their own final is not passed on', async () => {
  const { says, ends, silence, close, asked } = line();
  await says(INTERIM_TRANSCRIPT, 'yes', 1);
  silence.fellSilent(1100);
  await says(INTERIM_TRANSCRIPT, 'yes', 1);
  await says(FINAL_TRANSCRIPT, 'Yes.', 1);
  await ends();
  assert.deepEqual(await close(), [
    `${INTERIM_TRANSCRIPT}: yes`,
    `${FINAL_TRANSCRIPT}: yes`,
    `${END_OF_SPEECH}:`,
  ]);
  assert.deepEqual(asked, ['yes']);
});

test('a final that says something else is passed on', async () => {
  const { says, silence, close } = line({ isNew: true });
  await says(INTERIM_TRANSCRIPT, 'yes', 1);
  silence.fellSilent(1000);
  await says(FINAL_TRANSCRIPT, 'Yes, and no.', 2);
  assert.deepEqual((await close()).slice(1), [
    `${FINAL_TRANSCRIPT}: yes`,
    `${FINAL_TRANSCRIPT}: Yes, and no.`,
  ]);
});

test('words that come after the caller has fallen silent are asked about when they come', async () => {
  const { says, silence, close } = line();
  silence.fellSilent(1000);
  await says(INTERIM_TRANSCRIPT, 'no', 0.9);
  assert.deepEqual(await close(), [`${INTERIM_TRANSCRIPT}: no`, `${FINAL_TRANSCRIPT}: no`]);
});

test('nothing is taken while the caller speaks, while words are still to come, or when the listener wants none', async () => {
  const speaking = line();
  speaking.silence.fellSilent(900);
  speaking.silence.spoke();
  await speaking.says(INTERIM_TRANSCRIPT, 'yes', 1);
  const behind = line();
  await behind.says(INTERIM_TRANSCRIPT, 'yes', 1);
  behind.silence.fellSilent(1600);
  const unwanted = line({ takes: false });
  await unwanted.says(INTERIM_TRANSCRIPT, 'yes', 1);
  unwanted.silence.fellSilent(1000);
  for (const one of [speaking, behind, unwanted])
    assert.deepEqual(await one.close(), [`${INTERIM_TRANSCRIPT}: yes`]);
  assert.deepEqual([speaking.asked, behind.asked, unwanted.asked], [[], [], ['yes']]);
});

test('who falls silent when the stream is over is not asked for: it ended, its reader left, or it broke', async () => {
  const ended = line();
  const left = line();
  const broken = line();
  for (const { says } of [ended, left, broken]) await says(INTERIM_TRANSCRIPT, 'yes', 1);
  await ended.close();
  await left.through.cancel();
  await broken.breaks();
  await assert.rejects(Array.fromAsync(broken.through), /gone/);
  for (const { silence, asked } of [ended, left, broken]) {
    silence.fellSilent(1000);
    assert.deepEqual(asked, []);
  }
});
