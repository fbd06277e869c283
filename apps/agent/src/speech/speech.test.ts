import assert from 'node:assert/strict';
import { ReadableStream } from 'node:stream/web';
import { test } from 'node:test';
import { asLanguageCode, stt } from '@livekit/agents';
import { ManualClock } from '@vestibule/core';
import { CallerSilence } from './caller-silence.ts';
import { type Heard, overhear } from './hearing.ts';
import { withHolding } from './holding.ts';
import { sentenceWise } from './sentences.ts';

test('a sentence is passed on only when its entry is acknowledged', async () => {
  const order: string[] = [];
  const permits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let asked = 0;
  const spoken = sentenceWise(
    ReadableStream.from(['First comes this one. Then ', 'there is the second one.']),
    (sentence) => {
      order.push(`asked: ${sentence}`);
      return permits[asked++]?.promise ?? Promise.resolve();
    },
  );
  const reader = spoken.getReader();
  const first = reader.read().then(({ value }) => order.push(`spoken: ${value?.trim()}`));
  permits[0]?.resolve();
  await first;
  permits[1]?.resolve();
  await reader.read().then(({ value }) => order.push(`spoken: ${value?.trim()}`));
  assert.deepEqual(
    order.filter((line) => line.startsWith('spoken')),
    ['spoken: First comes this one.', 'spoken: Then there is the second one.'],
  );
  assert.ok(order.indexOf('asked: First comes this one.') < order.indexOf('spoken: First comes this one.'));
});

test('a sentence that the log refuses is not spoken, and nothing after it', async () => {
  const spoken = sentenceWise(ReadableStream.from(['Never said at all. ', 'Nor is this one said.']), () =>
    Promise.reject(new Error('fenced')),
  );
  await assert.rejects(Array.fromAsync(spoken), /fenced/);
});

test('an answer that is late begins with the holding words, and a flush: a voice else waits for the next sentence', async () => {
  const clock = new ManualClock();
  const flush = Symbol('flush');
  const answer = Promise.withResolvers<string>();
  const late = new ReadableStream<string | symbol>({
    pull: async (controller) => {
      controller.enqueue(await answer.promise);
      controller.close();
    },
  });
  const reader = withHolding(late, { first: ['One moment. ', flush], afterMs: 2200, clock }).getReader();
  const first = reader.read();
  // Until it waits by the clock.
  await new Promise(setImmediate);
  await clock.advance(2199);
  assert.equal(await Promise.race([first, Promise.resolve('nothing yet')]), 'nothing yet');
  await clock.advance(1);
  assert.deepEqual([(await first).value, (await reader.read()).value], ['One moment. ', flush]);
  answer.resolve('Here it is.');
  assert.equal((await reader.read()).value, 'Here it is.');

  const inTime = withHolding(ReadableStream.from(['Yes.']), { first: ['Wait. '], afterMs: 10, clock });
  assert.deepEqual(await Array.fromAsync(inTime), ['Yes.']);
});

test('transcripts are overheard on the call’s clock, and the events pass unchanged', async () => {
  const data = {
    language: asLanguageCode('en-US'),
    text: 'yes',
    startTime: 1,
    endTime: 1.5,
    confidence: 0.9,
  };
  const events: stt.SpeechEvent[] = [
    { type: stt.SpeechEventType.START_OF_SPEECH },
    { type: stt.SpeechEventType.INTERIM_TRANSCRIPT, alternatives: [{ ...data, text: 'ye' }] },
    { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [data] },
  ];
  const heard: [string, Heard][] = [];
  const through = overhear(ReadableStream.from(events), {
    offsetMs: 250,
    silence: new CallerSilence(),
    listener: {
      onPartial: (partial) => heard.push(['partial', partial]),
      onFinal: (final) => heard.push(['final', final]) > 0,
      takesInterim: () => false,
    },
  });
  assert.deepEqual(await Array.fromAsync(through), events);
  assert.deepEqual(heard, [
    ['partial', { text: 'ye', startMs: 1250, endMs: 1750, confidence: 0.9 }],
    ['final', { text: 'yes', startMs: 1250, endMs: 1750, confidence: 0.9 }],
  ]);
});

test('a recogniser that knows neither times nor confidence: the speech events date its words, and it counts as sure', async () => {
  const { START_OF_SPEECH, END_OF_SPEECH, FINAL_TRANSCRIPT } = stt.SpeechEventType;
  const unknown = { language: asLanguageCode('en'), text: 'yes', startTime: 0, endTime: 0, confidence: 0 };
  const events: stt.SpeechEvent[] = [
    { type: START_OF_SPEECH },
    { type: END_OF_SPEECH },
    { type: FINAL_TRANSCRIPT, alternatives: [unknown] },
  ];
  let now = 0;
  const finals: Heard[] = [];
  const through = overhear(ReadableStream.from(events), {
    offsetMs: 250,
    silence: new CallerSilence(),
    elapsed: () => (now += 1000),
    listener: {
      onPartial: () => {},
      onFinal: (final) => finals.push(final) > 0,
      takesInterim: () => false,
    },
  });
  assert.deepEqual(await Array.fromAsync(through), events);
  assert.deepEqual(finals, [{ text: 'yes', startMs: 1250, endMs: 3250, confidence: 1 }]);
});
