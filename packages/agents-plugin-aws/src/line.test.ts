import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AudioFeed } from './audio-feed.ts';
import { Line } from './line.ts';

const frameMs = 20;
/** 8 kHz, 16 bit: 16 bytes a ms. */
const bytesPerMs = 16;
const trim = { preRollMs: 400, hangoverMs: 1000 };
/** The frame whose judgement opens the line is one of those kept. */
const before = trim.preRollMs - frameMs;

/** A line whose frames are numbered, so that what was sent can be told from what was heard. */
class Rehearsal {
  now = 0;
  readonly feed = new AudioFeed(8000);
  readonly line: Line;
  #frames = 0;

  constructor({ isTrimmed = true } = {}) {
    this.line = new Line({ sampleRate: 8000, trim: isTrimmed ? trim : undefined, now: () => this.now });
    this.line.attach(this.feed);
  }

  /** Frames of the line; the detector judges each `lateMs` after it came, or never. */
  hear(ms: number, probability: number | undefined, eachFrame?: () => void): void {
    for (let left = ms; left > 0; left -= frameMs) {
      this.now += frameMs;
      this.line.push(new Uint8Array(frameMs * bytesPerMs).fill((this.#frames++ % 200) + 1));
      if (probability !== undefined) this.line.judged({ durationMs: frameMs, probability });
      if (this.now % 240 === 0) this.line.tick();
      eachFrame?.();
    }
  }

  /** Nothing comes. */
  lose(ms: number): void {
    for (let left = ms; left > 0; left -= 240) {
      this.now += 240;
      this.line.tick();
    }
  }

  async sent(): Promise<Buffer> {
    this.feed.end();
    return Buffer.concat(await Array.fromAsync(this.feed));
  }
}

test('an ended feed gives what it has and then ends, also while someone waits', async () => {
  const feed = new AudioFeed(8000);
  feed.add(Uint8Array.of(1), 0);
  const chunks = Array.fromAsync(feed);
  feed.add(Uint8Array.of(2), 0);
  feed.end();
  feed.add(Uint8Array.of(3), 0);
  assert.deepEqual(
    (await chunks).map(([first]) => first),
    [1, 2],
  );
});

test('untrimmed, silence takes the place of audio that does not come', async () => {
  const call = new Rehearsal({ isTrimmed: false });
  call.hear(480, undefined);
  call.lose(7200);
  call.hear(480, undefined);
  const sent = await call.sent();
  // The gap up to the first frame after it is filled, to the ms.
  assert.equal(sent.length, (480 + 7200 + 480) * bytesPerMs);
  assert.equal(
    sent.subarray(480 * bytesPerMs, 7680 * bytesPerMs).every((byte) => byte === 0),
    true,
  );
  assert.deepEqual(call.feed.placed(7700, 7800), { startMs: 7700, endMs: 7800 });
});

test('audio that begins later than the stream does is placed where it was', () => {
  const call = new Rehearsal({ isTrimmed: false });
  call.now = 170;
  call.hear(200, undefined);
  assert.equal(call.feed.sentMs, 370);
  assert.deepEqual(call.feed.placed(270, 320), { startMs: 270, endMs: 320 });
});

test('of a quiet line only what keeps the stream alive is sent: a little, well within 15 s', () => {
  const call = new Rehearsal();
  let longest = 0;
  let since = 0;
  let sent = call.feed.sentMs;
  call.hear(60_000, 0.02, () => {
    since = call.feed.sentMs > sent ? 0 : since + frameMs;
    sent = call.feed.sentMs;
    longest = Math.max(longest, since);
  });
  assert.ok(longest <= 5000, `${longest} ms`);
  assert.ok(call.feed.sentMs <= 1500, `${call.feed.sentMs} ms`);
});

test('a line that has gone dead is kept alive too', () => {
  const call = new Rehearsal();
  call.hear(1000, 0.02);
  const sent = call.feed.sentMs;
  call.lose(60_000);
  assert.ok(call.feed.sentMs - sent >= 1000 && call.feed.sentMs - sent <= 1500, `${call.feed.sentMs} ms`);
});

test('speech goes out with what came before it, and is placed where it was on the line', async () => {
  const call = new Rehearsal();
  call.hear(4000, 0.02);
  const from = call.feed.sentMs + before;
  call.hear(600, 0.9);
  assert.equal(call.feed.sentMs, from + 600);
  const { startMs, endMs } = call.feed.placed(from, from + 600);
  assert.deepEqual([startMs, endMs], [4000, 4600]);
  const sent = await call.sent();
  // Frame 200 was the first of the speech: none before it is missing, back to the pre-roll.
  assert.deepEqual(
    [...sent.subarray(-980 * bytesPerMs)].filter((_, index) => index % (frameMs * bytesPerMs) === 0),
    Array.from({ length: 49 }, (_, index) => ((181 + index) % 200) + 1),
  );
});

test('the line goes on until the final is there, and no longer than 3 s', () => {
  const call = new Rehearsal();
  call.hear(600, 0.9);
  call.line.heard(false, 500);
  call.hear(1400, 0.02);
  assert.equal(call.feed.sentMs, 2000);
  call.line.heard(true, 560);
  call.hear(2000, 0.02);
  const after = call.feed.sentMs;
  assert.equal(after, 2000);

  call.hear(600, 0.9);
  call.hear(6000, 0.02);
  assert.equal(call.feed.sentMs - after, before + 600 + 3000);
});

test('a final that does not cover what was said last leaves the line open', () => {
  const call = new Rehearsal();
  call.hear(600, 0.9);
  call.hear(600, 0.02);
  call.hear(200, 0.9);
  call.line.heard(true, 560);
  call.hear(1500, 0.02);
  assert.equal(call.feed.sentMs, 2900);
});

test('a detector that is late or dead withholds nothing', () => {
  const call = new Rehearsal();
  call.hear(4000, 0.02);
  const from = call.feed.sentMs;
  call.hear(10_000, undefined);
  assert.ok(call.feed.sentMs - from >= 10_000);
});

test('whatever is said: nothing judged speech is withheld, each word is placed within a frame, in order', () => {
  const utterance = fc.record({
    quietMs: fc.integer({ min: 1, max: 400 }),
    speechMs: fc.integer({ min: 3, max: 100 }),
    finalAfterMs: fc.integer({ min: 1, max: 120 }),
  });
  fc.assert(
    fc.property(fc.array(utterance, { minLength: 1, maxLength: 8 }), (utterances) => {
      const call = new Rehearsal();
      for (const { quietMs, speechMs, finalAfterMs } of utterances) {
        call.hear(quietMs * frameMs, 0.02);
        const [at, from] = [call.now, call.feed.sentMs];
        call.hear(speechMs * frameMs, 0.9);
        const spoken = speechMs * frameMs;
        const sent = call.feed.sentMs - from;
        assert.ok(sent >= spoken && sent <= spoken + trim.preRollMs, `${sent} of ${spoken} ms`);
        const end = call.feed.sentMs;
        const placed = call.feed.placed(end - spoken, end);
        assert.ok(Math.abs(placed.startMs - at) <= frameMs && Math.abs(placed.endMs - call.now) <= frameMs);
        call.line.heard(false, call.now);
        call.hear(finalAfterMs * frameMs, 0.02);
        call.line.heard(true, at + spoken);
      }
    }),
  );
});
