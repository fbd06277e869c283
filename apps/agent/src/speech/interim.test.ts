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
  const reader = through.getReader();
  const came: string[] = [];
  const over = (async () => {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const { value } = read;
      came.push(
        typeof value === 'string' ? value : `${value.type}: ${value.alternatives?.[0]?.text ?? ''}`.trim(),
      );
    }
  })();
  return {
    silence,
    asked,
    leaves: () => reader.cancel(),
    breaks: async () => {
      await writer.abort(new Error('gone'));
      await assert.rejects(over, /gone/);
    },
    says: async (type: stt.SpeechEventType, text: string, endTime: number, startTime = 0.1) => {
      const words = { language: asLanguageCode('en'), text, startTime, endTime, confidence: 0 };
      await writer.write({ type, alternatives: [words] });
      // Until it has come through both streams.
      await new Promise(setImmediate);
    },
    ends: () => writer.write({ type: END_OF_SPEECH }),
    /** All that came out, in order. */
    close: async () => {
      await writer.close();
      await over;
      return came;
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
  await left.leaves();
  await broken.breaks();
  for (const { silence, asked } of [ended, left, broken]) {
    silence.fellSilent(1000);
    assert.deepEqual(asked, []);
  }
});

test('a final that is lost: the next words are taken all the same', async () => {
  const { says, silence, close } = line();
  await says(INTERIM_TRANSCRIPT, 'yes', 1);
  silence.fellSilent(1000);
  silence.spoke();
  await says(INTERIM_TRANSCRIPT, 'twelve', 4, 3);
  silence.fellSilent(4000);
  assert.deepEqual(await close(), [
    `${INTERIM_TRANSCRIPT}: yes`,
    `${FINAL_TRANSCRIPT}: yes`,
    `${INTERIM_TRANSCRIPT}: twelve`,
    `${FINAL_TRANSCRIPT}: twelve`,
  ]);
});
