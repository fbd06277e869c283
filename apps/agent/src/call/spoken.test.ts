import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { voice } from '@livekit/agents';
import { ManualClock } from '@vestibule/core';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import { recordSpeech } from './spoken.ts';

const {
  EVENT_PLAYBACK_STARTED: started,
  EVENT_PLAYBACK_PROGRESSED: progressed,
  EVENT_PLAYBACK_FINISHED: finished,
} = voice.AudioOutput;

/** A session whose output a test plays by hand. */
async function open() {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const log = await CallLog.open(store, (await store.claim('c', 'w', 1e9))!, new MemoryCallKeys(), clock);
  const audio = new EventEmitter();
  const session = Object.assign(new EventEmitter(), { output: { audio } });
  recordSpeech(
    session as never,
    log,
    () => clock.monotonic(),
    () => assert.fail('the log refused'),
    () => clock.now(),
  );
  session.emit(voice.AgentSessionEventTypes.AgentStateChanged, { newState: 'listening' });
  session.emit(voice.AgentSessionEventTypes.AgentStateChanged, { newState: 'speaking' });
  return {
    /** Plays `ms` of audio, after so long a wait; the end is told after a pause. */
    play: async (ms: number, waitMs = 0, pauseMs = 0) => {
      await clock.advance(waitMs);
      audio.emit(started, { createdAt: clock.now() });
      await clock.advance(ms);
      audio.emit(progressed, { startedAt: clock.now() - ms, offset: 0, duration: ms });
      await clock.advance(pauseMs);
      audio.emit(finished, { playbackPosition: ms / 1000, interrupted: false });
    },
    add: async (textContent: string, interrupted = false) => {
      await clock.advance(25);
      const item = { type: 'message', role: 'assistant', textContent, interrupted };
      session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, { item });
    },
    played: () => log.entries.flatMap((entry) => payloadOf(entry, 'played') ?? []),
    bargeIns: () => log.entries.flatMap((entry) => payloadOf(entry, 'barge-in') ?? []),
  };
}

test('a speech is recorded from its first sample to its last, whatever the pieces', async () => {
  const { play, add, played, bargeIns } = await open();
  await play(1000, 300);
  await play(500, 200);
  await add('Hello. Who is calling?');
  await play(700, 75);
  await add('Thank you.');
  assert.deepEqual(
    played().map(({ startMs, endMs, playedMs }) => [startMs, endMs, playedMs]),
    [
      [300, 2000, 1500],
      [2100, 2800, 700],
    ],
  );
  assert.deepEqual(bargeIns(), []);
});

test('a speech that is cut off says how much of it was heard, and when the caller cut it', async () => {
  const { play, add, played, bargeIns } = await open();
  await play(420, 0, 1000);
  await add('To reach a person at any time, call the front desk.', true);
  const [{ interrupted, startMs, endMs, playedMs } = assert.fail()] = played();
  assert.deepEqual([interrupted, startMs, endMs, playedMs], [true, 0, 420, 420]);
  assert.deepEqual(bargeIns(), [{ atMs: 420 }]);
});

test('a speech that was cut off before its first sample was not heard', async () => {
  const { add, played } = await open();
  await add('One moment.', true);
  assert.deepEqual([played()[0]?.startMs, played()[0]?.endMs, played()[0]?.playedMs], [25, 25, 0]);
});
