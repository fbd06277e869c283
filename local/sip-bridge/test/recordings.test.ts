import { after, describe, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { Pacer } from '@vestibule/local-telephony';
import { checks } from './checks.ts';
import { readRecordings, type Recording } from './recording.ts';
import { Replay, type Replayed } from './replay.ts';
import { World } from './world.ts';

/** Recordings that wait for a limit of the service: all of their times, and the bridge's limits, are this much shorter. */
const shortened: Record<string, number> = {
  '05a-nobody-joins-limit-10s': 0.1,
  '05b-nobody-joins-default': 0.01,
  '05d-subscribed-not-publishing': 0.2,
  '13a-media-timeout': 0.1,
  '13b-no-media-at-all': 0.1,
};
/** Recordings in which the caller's or a participant's timing matters: nothing is cut short. */
const unhurried = [
  '10a-dtmf-from-caller',
  '10b-dtmf-from-room',
  '12c-pin-ok',
  '12d-pin-wrong',
  '24e-rule-direct-two-calls-same-number',
];
/** Its trunk takes every number, so nothing else may run beside it. */
const alone = ['06h-trunk-without-numbers'];

/** Where the bridge differs on purpose (recordings/README.md says why). */
const differing: Record<string, (sip: string) => string> = {
  '07g-many-codecs': (sip) => sip.replace('RTP/AVP 9 101', 'RTP/AVP 0 101').replace('9 G722', '0 PCMU'),
};

const only = process.env['REPLAY'];
const recordings = (await readRecordings()).filter(({ id }) => only === undefined || id.startsWith(only));
const world = await World.open();
const pacer = new Pacer();

async function replay(recording: Recording): Promise<Replayed> {
  const scale = shortened[recording.id] ?? 1;
  const patience = unhurried.includes(recording.id) || scale < 1 ? Infinity : 300;
  const differs = differing[recording.id] ? { differs: differing[recording.id]! } : {};
  return Replay.run(recording, world, { pacer, scale, patience, ...differs });
}

function check(recording: Recording, replayed: Replayed): void {
  for (const one of Object.values(checks)) one(recording, replayed, shortened[recording.id] ?? 1);
}

after(async () => {
  await world.close();
  await dispose();
});

describe('recordings of the official service', { concurrency: 3 }, () => {
  for (const recording of recordings.filter(({ id }) => !alone.includes(id)))
    test(`${recording.id}: ${recording.title}`, async () => check(recording, await replay(recording)));
});

describe('recordings that need LiveKit Server to themselves', () => {
  for (const recording of recordings.filter(({ id }) => alone.includes(id)))
    test(`${recording.id}: ${recording.title}`, async () => check(recording, await replay(recording)));
});
