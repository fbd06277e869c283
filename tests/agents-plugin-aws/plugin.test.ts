import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { APITimeoutError, initializeLogger, llm, stt } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { VAD } from '@livekit/agents-plugin-silero';
import { LLM, SharedVad, STT, TTS } from '@vestibule/agents-plugin-aws';
import { z } from 'zod';
import { startStandIn } from './stand-in.ts';

// The plugin against a server that speaks AWS's wire: real audio out of Polly's stand-in, into Transcribe's.

initializeLogger({ pretty: false, level: 'silent' });
let aws: Awaited<ReturnType<typeof startStandIn>>;
before(async () => (aws = await startStandIn()));
after(() => aws.stop());

const silence = () => new AudioFrame(new Int16Array(8000), 8000, 1, 8000);
const connOptions = { maxRetry: 3, retryIntervalMs: 10, timeoutMs: 10_000 };
const timeout = 20_000;

/** Speech with a second of silence after it, so that the recogniser sees its end. */
async function speak(text: string): Promise<AudioFrame[]> {
  const tts = new TTS({ voice: 'Matthew', sampleRate: 8000, clientConfig: aws.clientConfig });
  const audio = await Array.fromAsync(tts.synthesize(text));
  return [...audio.map(({ frame }) => frame), silence()];
}

/** All that is recognised until the stream ends. */
async function hear(frames: AudioFrame[]): Promise<stt.SpeechEvent[]> {
  const recogniser = new STT({ clientConfig: aws.clientConfig });
  recogniser.on('error', () => {});
  const stream = recogniser.stream({ connOptions });
  for (const frame of frames) stream.pushFrame(frame);
  stream.endInput();
  return Array.fromAsync(stream);
}

const textsOf = (events: stt.SpeechEvent[], type: stt.SpeechEventType) =>
  events.filter((event) => event.type === type).map((event) => event.alternatives?.[0].text ?? '');

test('Polly’s audio comes as 20 ms frames of speech', { timeout }, async () => {
  const frames = await speak('Thank you for calling.');
  const seconds = frames.reduce((sum, { samplesPerChannel }) => sum + samplesPerChannel, 0) / 8000;
  assert.ok(seconds > 0.8 && seconds < 4, `${seconds} s`);
  const loud = frames.filter(({ data }) => data.some((sample) => Math.abs(sample) > 1000));
  assert.ok(loud.length > frames.length / 3, `${loud.length} of ${frames.length} frames carry sound`);
});

test('what is spoken is heard: partials first, then a final with times', { timeout }, async () => {
  const events = await hear(await speak('Yes, tomorrow in the morning.'));
  const finals = textsOf(events, stt.SpeechEventType.FINAL_TRANSCRIPT);
  assert.match(finals.join(' ').toLowerCase(), /morning/);
  assert.ok(textsOf(events, stt.SpeechEventType.INTERIM_TRANSCRIPT).length > 0);
  const final = events.find(({ type }) => type === stt.SpeechEventType.FINAL_TRANSCRIPT)?.alternatives?.[0];
  assert.ok(final && final.endTime > final.startTime && (final.words?.length ?? 0) > 2);
});

test('a Transcribe stream that ends in mid-call is opened again', { timeout }, async () => {
  const frames = await speak('Yes, tomorrow in the morning.');
  await aws.fault({ service: 'transcribe', kind: 'clean-end', after: 1 });
  const recogniser = new STT({ clientConfig: aws.clientConfig });
  const stream = recogniser.stream({ connOptions });
  // A live line, four times as fast: the first stream is cut after its first event, and the words said again after
  // that must still be heard.
  let next = 0;
  const line = setInterval(() => stream.pushFrame(frames[next++ % frames.length] ?? silence()), 5);
  const until = async () => {
    for await (const event of stream) if (event.type === stt.SpeechEventType.FINAL_TRANSCRIPT) return event;
    return undefined;
  };
  const final = await until();
  clearInterval(line);
  stream.close();
  assert.match(final?.alternatives?.[0].text.toLowerCase() ?? '', /morning|tomorrow/);
});

test('trimmed by Silero, a line is heard as before, with less of it sent', { timeout }, async () => {
  const activity = new SharedVad(await VAD.load({ sampleRate: 8000 }));
  const plain = new STT({ clientConfig: aws.clientConfig });
  const recogniser = plain.trimmed({ activity, preRollMs: 500, hangoverMs: 500 });
  let sentMs = 0;
  recogniser.on('metrics_collected', ({ audioDurationMs }) => (sentMs += audioDurationMs));
  const judging = activity.stream();
  void (async () => {
    for await (const window of judging) assert.ok(window);
  })();
  const stream = recogniser.stream({ connOptions });
  const line = [...Array<AudioFrame>(4).fill(silence()), ...(await speak('Yes, tomorrow in the morning.'))];
  const frames = line.flatMap(({ data }) =>
    Array.from(
      { length: data.length / 160 },
      (_, i) => new AudioFrame(data.slice(i * 160, i * 160 + 160), 8000, 1, 160),
    ),
  );
  const events: stt.SpeechEvent[] = [];
  const heard = (async () => {
    for await (const event of stream) events.push(event);
  })();
  const begun = performance.now();
  // At the pace of a call: trimming goes by the time.
  for (let sent = 0; sent < frames.length; await new Promise((next) => setTimeout(next, 10)))
    for (
      const due = Math.floor((performance.now() - begun) / 20);
      sent < Math.min(due, frames.length);
      sent++
    ) {
      judging.pushFrame(frames[sent]!);
      stream.pushFrame(frames[sent]!);
    }
  stream.endInput();
  await heard;
  judging.close();
  const final = events.find(({ type }) => type === stt.SpeechEventType.FINAL_TRANSCRIPT)?.alternatives?.[0];
  assert.match(final?.text.toLowerCase() ?? '', /yes.*morning/);
  assert.ok(final && final.startTime > 3.9 && final.startTime < 4.6, `begins at ${final?.startTime} s`);
  assert.ok(sentMs < frames.length * 20 - 3000, `${sentMs} of ${frames.length * 20} ms`);
});

const record = llm.tool({
  name: 'record_answer',
  description: "Record the caller's answer to the current question.",
  parameters: z.object({
    item: z.enum(['allergies']),
    answer: z.string().describe("The caller's own words"),
  }),
  execute: async () => '',
});

function askAboutAllergies(): { chatCtx: llm.ChatContext; toolCtx: llm.ToolContext } {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({
    role: 'system',
    content:
      'Ask one question at a time. Current question\n- item: allergies\n- question: What are you allergic to?',
  });
  chatCtx.addMessage({ role: 'assistant', content: 'What are you allergic to?' });
  chatCtx.addMessage({ role: 'user', content: 'I am allergic to penicillin.' });
  return { chatCtx, toolCtx: new llm.ToolContext([record]) };
}

test('Bedrock calls a tool with its arguments and reports usage', { timeout }, async () => {
  const model = new LLM({
    model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    clientConfig: aws.clientConfig,
  });
  const { toolCalls, usage } = await model.chat(askAboutAllergies()).collect();
  assert.equal(toolCalls[0]?.name, 'record_answer');
  assert.match(toolCalls[0].args, /penicillin/);
  assert.ok((usage?.totalTokens ?? 0) > 0);
});

test(
  'Bedrock throttled is tried again; an answer cut off before anything was said is too',
  { timeout },
  async () => {
    for (const kind of ['throttle', 'clean-end']) {
      await aws.fault({ service: 'bedrock', kind });
      const model = new LLM({
        model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
        clientConfig: aws.clientConfig,
      });
      model.on('error', () => {});
      const { toolCalls } = await model.chat({ ...askAboutAllergies(), connOptions }).collect();
      assert.equal(toolCalls.length, 1, kind);
    }
  },
);

/** Fails once, then answers: what the stall cost is one limit and one retry. */
const impatient = { maxRetry: 1, retryIntervalMs: 10, timeoutMs: 700 };

for (const after of [0, 1]) {
  const moment = after === 0 ? 'accepts a request' : 'begins an answer';
  test(
    `a Bedrock that ${moment} and says nothing more is timed out and asked again`,
    { timeout },
    async () => {
      await aws.fault({ service: 'bedrock', kind: 'stall', after });
      const errors: unknown[] = [];
      const model = new LLM({
        model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
        clientConfig: aws.clientConfig,
      });
      model.on('error', ({ error }) => errors.push(error));
      const { toolCalls } = await model.chat({ ...askAboutAllergies(), connOptions: impatient }).collect();
      assert.equal(toolCalls.length, 1);
      assert.equal(errors.length, 1);
      assert.ok(errors[0] instanceof APITimeoutError && errors[0].retryable);
    },
  );
}

test(
  'a Polly that accepts a request and says nothing is timed out and asked again',
  { timeout },
  async () => {
    await aws.fault({ service: 'polly', kind: 'stall' });
    const tts = new TTS({ sampleRate: 8000, clientConfig: aws.clientConfig });
    const audio = await Array.fromAsync(tts.synthesize('Thank you for calling.', impatient));
    assert.ok(audio.length > 20);
  },
);

test(
  'after the last tool step Bedrock answers in words, its tools still configured',
  { timeout },
  async () => {
    const { chatCtx, toolCtx } = askAboutAllergies();
    const call = { callId: '1', name: 'record_answer' };
    chatCtx.items = [
      ...chatCtx.items,
      llm.FunctionCall.create({ ...call, args: '{"item":"allergies","answer":"penicillin"}' }),
      llm.FunctionCallOutput.create({ ...call, output: 'Recorded.', isError: false }),
    ];
    const model = new LLM({
      model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      clientConfig: aws.clientConfig,
    });
    const { text } = await model.chat({ chatCtx, toolCtx, toolChoice: 'none' }).collect();
    assert.notEqual(text, '');
  },
);
