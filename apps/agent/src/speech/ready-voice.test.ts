import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initializeLogger, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { KeptSpeech } from './kept-speech.ts';
import { ReadyVoice } from './ready-voice.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** A voice that makes two frames of each sentence, the second when it is let; `fails`: it breaks off before the first. */
class StagedVoice extends tts.TTS {
  readonly label = 'staged';
  readonly asked: string[] = [];
  readonly second = Promise.withResolvers<void>();
  fails = false;

  constructor() {
    super(8000, 1, { streaming: false });
    this.on('error', () => {});
  }

  synthesize(text: string): tts.ChunkedStream {
    this.asked.push(text);
    return new StagedStream(text, this, { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 1000 });
  }

  stream(): never {
    throw new Error('not a stream');
  }
}

class StagedStream extends tts.ChunkedStream {
  readonly label = 'staged';
  readonly #voice: StagedVoice;

  constructor(
    text: string,
    voice: StagedVoice,
    options: { maxRetry: number; retryIntervalMs: number; timeoutMs: number },
  ) {
    super(text, voice, options);
    this.#voice = voice;
  }

  protected async run(): Promise<void> {
    if (this.#voice.fails) return;
    const frame = (sample: number) => new AudioFrame(Int16Array.of(sample), 8000, 1, 1);
    const [requestId, segmentId] = ['r', 's'];
    this.queue.put({ requestId, segmentId, frame: frame(this.inputText.length), final: false });
    await this.#voice.second.promise;
    this.queue.put({ requestId, segmentId, frame: frame(0), final: true });
  }
}

const nobodys = (...sentences: string[]) => ({
  kept: new KeptSpeech(),
  isFixed: (sentence: string) => sentences.includes(sentence),
});
const samples = async (stream: tts.ChunkedStream) =>
  (await Array.fromAsync(stream)).map(({ frame }) => frame.data[0]);

test('a sentence that was made ready is said without asking again, once; what is not yet made of it comes as it is made', async () => {
  const staged = new StagedVoice();
  const voice = new ReadyVoice(staged, nobodys());
  voice.prepare('How many cigarettes do you smoke in a day? You can also key the number in.');
  const sentences = [...staged.asked];
  assert.equal(sentences.length, 2);
  const first = voice.synthesize(sentences[0]!);
  const next = (await first.next()) as IteratorResult<tts.SynthesizedAudio, undefined>;
  assert.equal(next.value?.frame.data[0], sentences[0]!.length);
  staged.second.resolve();
  assert.deepEqual(await samples(first), [0]);
  assert.deepEqual(await samples(voice.synthesize(sentences[1]!)), [sentences[1]!.length, 0]);
  assert.equal(staged.asked.length, 2);
  await samples(voice.synthesize(sentences[0]!));
  assert.equal(staged.asked.length, 3);
});

test('what could not be made ready is made when it is said', async () => {
  const staged = new StagedVoice();
  staged.second.resolve();
  staged.fails = true;
  const voice = new ReadyVoice(staged, nobodys());
  voice.prepare('Do you smoke?');
  await new Promise(setImmediate);
  staged.fails = false;
  assert.deepEqual(await samples(voice.synthesize('Do you smoke?')), [13, 0]);
});

test('of what is never said only the newest is kept', () => {
  const staged = new StagedVoice();
  staged.second.resolve();
  const voice = new ReadyVoice(staged, nobodys());
  for (let at = 10; at < 40; at++) voice.prepare(`Is it the number ${at}?`);
  voice.synthesize('Is it the number 39?');
  assert.equal(staged.asked.length, 30);
  voice.synthesize('Is it the number 12?');
  assert.equal(staged.asked.length, 31);
});

test('a fixed sentence is made once for all calls; any other for each', async () => {
  const staged = new StagedVoice();
  staged.second.resolve();
  const options = nobodys('Do you smoke?');
  for (let call = 0; call < 3; call++) {
    const voice = new ReadyVoice(staged, options);
    assert.deepEqual(await samples(voice.synthesize('Do you smoke?')), [13, 0]);
    assert.deepEqual(await samples(voice.synthesize('I have Ann Miller.')), [18, 0]);
    voice.prepare('Do you smoke?');
  }
  assert.deepEqual(staged.asked, ['Do you smoke?', ...Array<string>(3).fill('I have Ann Miller.')]);
});

test('what is kept has an end: the oldest goes first', () => {
  const kept = new KeptSpeech();
  const minute = () => {
    const frame = new AudioFrame(new Int16Array(8000 * 60), 8000, 1, 8000 * 60);
    return [{ requestId: 'r', segmentId: 's', frame, final: true }];
  };
  for (let at = 0; at < 10; at++) kept.keep(String(at), minute());
  assert.ok(kept.get('0'));
  kept.keep('10', minute());
  assert.deepEqual([kept.get('0')?.length, kept.get('1'), kept.get('10')?.length], [1, undefined, 1]);
});
