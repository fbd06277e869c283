import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadableStream } from 'node:stream/web';
import { initializeLogger, llm, stt, voice } from '@livekit/agents';
import { STT as TranscribeSTT } from '@vestibule/agents-plugin-aws';
import { NoLlm } from '../thinking/no-llm.ts';
import { turnDetector } from './turn-detector.ts';

initializeLogger({ pretty: false, level: 'silent' });

function detector({ isUnheard = false } = {}) {
  const told: number[] = [];
  const made = turnDetector({
    isWhole: (words) => words === 'no',
    isUnheard: () => isUnheard,
    patience: (words) => (words.startsWith('five') ? 2200 : 1200),
    onPatience: (ms) => told.push(ms),
  });
  const hears = async (words: string) => {
    const context = new llm.ChatContext();
    context.addMessage({ role: 'user', content: words });
    return (await made.predictEndOfTurn(context)) > (await made.unlikelyThreshold());
  };
  return { hears, told };
}

test('a whole answer ends the turn; words that are none are waited for as long as what is asked wants', async () => {
  const { hears, told } = detector();
  assert.equal(await hears('no'), true);
  assert.deepEqual(told, []);
  assert.equal(await hears('five five'), false);
  assert.equal(await hears('five five five'), false);
  assert.deepEqual(told, [2200], 'told once, while it is the same');
  await hears('it may be');
  assert.deepEqual(told, [2200, 1200]);
});

test('words that were spoken and not transcribed are waited for longer than a yes', async () => {
  const { hears, told } = detector({ isUnheard: true });
  assert.equal(await hears('no'), false);
  await hears('five');
  assert.deepEqual(told, [1800, 2200]);
});

test('the framework waits for as long as it was told last', { timeout: 20_000 }, async (t) => {
  const committed = Promise.withResolvers<string>();
  class Listener extends voice.Agent {
    override sttNode() {
      const language = 'en' as stt.SpeechData['language'];
      const heard = { text: 'five five', language, startTime: 0, endTime: 1, confidence: 1 };
      const final: stt.SpeechEvent = { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [heard] };
      return Promise.resolve(new ReadableStream<stt.SpeechEvent>({ start: (out) => out.enqueue(final) }));
    }
    override onUserTurnCompleted(_: llm.ChatContext, { textContent }: llm.ChatMessage): Promise<void> {
      committed.resolve(textContent ?? '');
      return Promise.reject(new voice.StopResponse());
    }
  }
  const session: voice.AgentSession = new voice.AgentSession({
    llm: new NoLlm(),
    stt: new TranscribeSTT({ clientConfig: { region: 'us-east-1' } }),
    vad: null,
    turnHandling: {
      // Nobody waits for that.
      endpointing: { mode: 'fixed', minDelay: 10, maxDelay: 600_000 },
      turnDetection: turnDetector({
        isWhole: () => false,
        isUnheard: () => false,
        patience: () => 50,
        onPatience: (maxDelay) => session.updateOptions({ turnHandling: { endpointing: { maxDelay } } }),
      }),
    },
  });
  t.after(() => session.close());
  await session.start({ agent: new Listener({ instructions: 'none' }) });
  assert.equal(await committed.promise, 'five five');
});
