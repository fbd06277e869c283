/**
 * Replays recordings and prints one line of JSON for each: `node local/sip-bridge/test/replay-all.ts [id prefix]`.
 * A process of its own, because node:test follows every promise of its process, and media makes very many.
 */
import { dispose } from '@livekit/rtc-node';
import { Pacer } from '@vestibule/local-telephony';
import { checks } from './checks.ts';
import { readRecordings, type Recording } from './recording.ts';
import { Replay } from './replay.ts';
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
const alone = '06h-trunk-without-numbers';
/** Where the bridge differs on purpose (recordings/README.md says why). */
const withoutG722 = (sip: string) =>
  sip.replace('RTP/AVP 9 0 8', 'RTP/AVP 0 8').replace(/^a=rtpmap:9 .*\n/m, '');
const differing: Record<string, (sip: string) => string> = {
  '07g-many-codecs': (sip) => sip.replace('RTP/AVP 9 101', 'RTP/AVP 0 101').replace('9 G722', '0 PCMU'),
};
/** Pauses up to this are kept in transfers and outbound calls: some of their limits are a second. ms */
const dialogue = 1100;
const lanes = 3;

const pacer = new Pacer();

async function failureOf(recording: Recording, world: World): Promise<string | undefined> {
  const scale = shortened[recording.id] ?? 1;
  const usual = /^1[56]/.test(recording.id) ? dialogue : 300;
  const patience = unhurried.includes(recording.id) || scale < 1 ? Infinity : usual;
  const differs = recording.outbound ? withoutG722 : differing[recording.id];
  try {
    const replayed = await Replay.run(recording, world, {
      pacer,
      scale,
      patience,
      ...(differs ? { differs } : {}),
    });
    for (const check of Object.values(checks)) check(recording, replayed, scale);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
  }
}

async function report(recording: Recording, world: World): Promise<void> {
  const from = performance.now();
  const failure = await failureOf(recording, world);
  const ms = Math.round(performance.now() - from);
  process.stdout.write(`${JSON.stringify({ id: recording.id, ms, failure })}\n`);
}

const prefix = process.argv[2] ?? '';
const recordings = (await readRecordings()).filter(({ id }) => id.startsWith(prefix));
const world = await World.open();
/** Any bridge on its Redis may take a request for a call, so these have a world of their own, one bridge at a time. */
const outboundWorld = await World.open();
const unhurriedFirst = (recording: Recording) => (unhurried.includes(recording.id) ? 0 : 1);
const queue = recordings
  .filter(({ id, outbound }) => id !== alone && !outbound)
  .sort((a, b) => unhurriedFirst(a) - unhurriedFirst(b));
const lane = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) await report(next, world);
};
const outboundLane = async () => {
  for (const recording of recordings.filter(({ outbound }) => outbound))
    await report(recording, outboundWorld);
};
await Promise.all([...Array.from({ length: lanes }, lane), outboundLane()]);
for (const recording of recordings.filter(({ id }) => id === alone)) await report(recording, world);
await Promise.all([world.close(), outboundWorld.close()]);
await dispose();
process.exit(0);
