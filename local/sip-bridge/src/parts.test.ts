import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { Mixer } from './mixer.ts';
import { PinEntry } from './pin-entry.ts';
import { ringback } from './ringback.ts';

const frame = (value: number) => new Int16Array(160).fill(value);

test('the mixer adds up who speaks, without overflow, and is undefined while nobody does', () => {
  const mixer = new Mixer();
  assert.equal(mixer.pull(), undefined);
  for (const value of [20_000, 20_000]) mixer.push('a', frame(value));
  for (const value of [20_000, -5]) mixer.push('b', frame(value));
  assert.equal(mixer.pull()?.[0], 32_767);
  assert.equal(mixer.pull()?.[0], 19_995);
  assert.equal(mixer.pull(), undefined);
});

test('a track is heard from its second frame on, and late audio is dropped rather than queued', () => {
  const mixer = new Mixer();
  mixer.push('a', frame(1));
  assert.equal(mixer.pull(), undefined);
  for (let value = 2; value <= 13; value++) mixer.push('a', frame(value));
  assert.equal(mixer.pull()?.[0], 12);
  mixer.remove('a');
  assert.equal(mixer.pull(), undefined);
});

test('a stall of 100 ms leaves no delay behind in the mixer', () => {
  const mixer = new Mixer();
  let pushed = 0;
  const push = () => mixer.push('a', frame(++pushed));
  for (let i = 0; i < 6; i++) push();
  const delays = Array.from({ length: 500 }, () => {
    push();
    return pushed - (mixer.pull()?.[0] ?? 0);
  });
  assert.deepEqual([delays[0], delays.at(-1)], [6, 1]);
});

test('a PIN is what was keyed before #, and the prompt stops at the first digit', async () => {
  const pin = new PinEntry();
  assert.ok(pin.prompt()?.some((sample) => sample > 1000));
  for (const digit of '1234#') pin.press(digit);
  assert.equal(await pin.entered, '1234');
  assert.equal(pin.prompt(), undefined);
});

test('the ringing tone sounds for two seconds of six, without a step between frames', () => {
  const next = ringback();
  const frames = Array.from({ length: 600 }, next);
  const sounding = frames.map((samples) => samples.some((sample) => Math.abs(sample) > 1000));
  assert.deepEqual(
    sounding,
    frames.map((_, i) => i % 300 < 100),
  );
  const samples = frames.slice(0, 100).flatMap((frame) => [...frame]);
  const steps = samples.slice(1).map((sample, i) => Math.abs(sample - samples[i]!));
  assert.ok(Math.max(...steps) < 2300, String(Math.max(...steps)));
});

test('the environment is read with all its faults at once', () => {
  const env = {
    LIVEKIT_URL: 'ws://127.0.0.1:7880',
    LIVEKIT_API_KEY: 'k',
    LIVEKIT_API_SECRET: 's',
    SIP_BRIDGE_REDIS: 'redis://127.0.0.1:6390',
  };
  assert.deepEqual(readEnvironment(env), {
    livekit: { url: 'ws://127.0.0.1:7880', apiKey: 'k', apiSecret: 's' },
    listen: { address: '127.0.0.1', port: 5180 },
    rtpPorts: { from: 41_000, to: 41_499 },
    redis: 'redis://127.0.0.1:6390',
    maxCalls: 20,
  });
  assert.throws(
    () =>
      readEnvironment({ LIVEKIT_URL: 'nonsense', SIP_BRIDGE_LISTEN: '5180', SIP_BRIDGE_REDIS: 'bus:6390' }),
    (error) =>
      isCodedError(error, 'invalid-environment') &&
      ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'SIP_BRIDGE_LISTEN', 'SIP_BRIDGE_REDIS'].every((name) =>
        error.message.includes(name),
      ),
  );
});
