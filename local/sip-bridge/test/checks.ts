import assert from 'node:assert/strict';
import type { Names } from './compare.ts';
import type { Recording, State } from './recording.ts';
import type { Replayed } from './replay.ts';

/** The room's name, the 12 random characters left out. */
function shapeOf(room: string | undefined): string | undefined {
  return room?.replace(/_[A-Za-z0-9]{12}$/, '_<random>');
}

type Check = (recording: Recording, replayed: Replayed, scale: number) => void;

const messages: Check = (_recording, { pairs, extra }) => {
  for (const { expected, actual } of pairs) assert.deepEqual(actual, expected);
  assert.deepEqual(extra, [], 'messages that the recording does not have');
};

/**
 * Where the service acted by a timer: not early, and late by no more than a busy machine explains. In a shortened
 * replay the allowance shrinks too, or it would hide a limit that is taken for another.
 */
const timers: Check = (recording, replayed, scale) => {
  const allowance = Math.max(3000 * scale, 250);
  for (const { what, since } of replayed.timers) {
    // In transfers all run from what was said last.
    const fits = since
      .slice(/^15|^16l/.test(recording.id) ? 1 : 0)
      .some(
        ({ recorded, measured }) => measured > recorded * 0.9 - 50 && measured < recorded * 1.25 + allowance,
      );
    assert.ok(fits, `${what}: ${JSON.stringify(since)}`);
  }
  const { ringEvery } = replayed;
  if (recording.id.startsWith('08a') || ringEvery === undefined || scale < 1) return;
  assert.ok(ringEvery > 700 * scale && ringEvery < 2000 * scale, `180 again after ${ringEvery} ms`);
};

const room: Check = (recording, replayed) => {
  if (recording.joined) assert.equal(shapeOf(replayed.room), shapeOf(recording.room ?? replayed.room));
};

/** Identity, name, kind, metadata and attributes with which the participant joined. */
const participant: Check = ({ joined }, { webhooks, ids, names }) => {
  if (!joined) return;
  const hook = webhooks.find((candidate) => candidate.event === 'participant_joined' && isCaller(candidate));
  const actual = hook?.participant;
  assert.deepEqual(
    { identity: actual?.identity, name: actual?.name, kind: actual?.kind, metadata: actual?.metadata ?? '' },
    { identity: joined.identity, name: joined.name, kind: joined.kind, metadata: joined.metadata ?? '' },
  );
  const known = new Map([...ids].map(([name, id]) => [id, name]));
  assert.deepEqual(
    plainAttributes(actual?.attributes ?? {}, names.actual, known),
    plainAttributes(joined.attributes, names.recorded, new Map()),
  );
};

function isCaller({ participant: who }: { participant?: { identity: string } }): boolean {
  return who?.identity.startsWith('agent') === false;
}

function plainAttributes(
  attributes: Record<string, string>,
  { caller, service, callId }: Names,
  known: Map<string, string>,
): Record<string, string> {
  const named = Object.entries(attributes)
    .filter(([name]) => name !== 'sip.h.content-length')
    .map(([name, value]): [string, string] => {
      if (name === 'sip.trunkID') return [name, value === '' ? '' : '<trunk>'];
      if (name === 'sip.ruleID') return [name, known.size > 0 ? (known.get(value) ?? value) : '<rule>'];
      const plain = value
        .replaceAll(new RegExp(`${caller}(?!\\d)`, 'g'), '<caller>')
        .replaceAll(new RegExp(`${service}(?!\\d)`, 'g'), '<service>');
      return [name, plain.replace(/SCL_\w{12}/, '<call>').replace(callId ?? '<call id>', '<call id>')];
    });
  return Object.fromEntries(named);
}

/** The caller's webhooks in their order, with the reason for which it left. */
const webhooks: Check = (recording, replayed) => {
  if (!recording.webhooks?.some(([event]) => event === 'participant_left')) return;
  const actual = replayed.webhooks
    .filter((hook) => hook.event === 'room_started' || isCaller(hook))
    .map(({ event, participant: who }) => [
      event,
      ...(who ? [who.identity] : []),
      ...(event === 'participant_left' ? [who?.disconnectReason] : []),
    ]);
  const rooms = recording.webhooks.filter(([event]) => event === 'room_started').length;
  // Two rooms know nothing of each other's order.
  // A call refused while its participant was joining had a track already, or had not.
  const refused = recording.outbound !== undefined && recording.statuses?.length === 0;
  const ordered = (hooks: unknown[][]) => {
    const kept = settled(hooks).filter(([event]) => !refused || event !== 'track_published');
    return rooms > 1 ? kept.map(String).sort() : kept;
  };
  assert.deepEqual(ordered(actual), ordered(recording.webhooks));
  const left = replayed.webhooks.findLast((hook) => hook.event === 'participant_left' && isCaller(hook));
  assert.equal(left?.participant?.attributes?.['sip.callStatus'], recording.statusWhenLeft);
  if (!recording.attributesWhenLeft) return;
  const { recorded, actual: today } = replayed.names;
  assert.deepEqual(
    plainAttributes(left?.participant?.attributes ?? {}, today, new Map()),
    plainAttributes(recording.attributesWhenLeft, recorded, new Map()),
  );
};

/** A track that is unpublished by the participant's leaving is announced or not by luck of timing. */
function settled(hooks: unknown[][]): unknown[][] {
  return hooks.filter(
    ([event]) => event !== 'track_unpublished' && event !== 'participant_connection_aborted',
  );
}

const track: Check = (recording, replayed) => {
  if (!recording.track || (recording.outbound && recording.statuses?.length === 0)) return;
  const { track: actual } =
    replayed.webhooks.find((hook) => hook.event === 'track_published' && isCaller(hook)) ?? {};
  const { name, source, mimeType, stream } = actual ?? {};
  assert.deepEqual({ name, source, mimeType, stream }, recording.track);
};

/** What participants in the room saw: the call's status, and keys. */
const seenInRoom: Check = (recording, { agents }) => {
  const agent = agents.get('agent-1');
  if (!agent) return;
  if (recording.statuses) assert.deepEqual(agent.statuses, recording.statuses);
  if (recording.digits) assert.deepEqual(agent.digits, recording.digits);
};

/** What LiveKit Server was told. Of a refused offer the words are ours. */
const states: Check = ({ id, states: recorded = [] }, replayed) => {
  const plain = (all: State[]) =>
    all.map(({ error, ...state }) => ({
      ...state,
      ...(error !== undefined && { error: id.startsWith('07') ? 'bad offer' : error }),
    }));
  assert.deepEqual(plain(replayed.states), plain(recorded));
};

const api: Check = (_recording, { results }) => {
  for (const { expected, actual } of results) assert.deepEqual(actual, expected);
};

/** RTP to the caller: one stream without gaps, and keys as recorded. */
const rtp: Check = (recording, { caller, answeredAt, agents }) => {
  if (!recording.rtp || recording.rtp.received.length === 0 || answeredAt === undefined) return;
  const audioTypes = new Set(
    recording.rtp.received.filter(({ payloadLen }) => payloadLen === 160).map(({ pt }) => pt),
  );
  const audio = caller.packets.filter(({ packet }) => packet.payload.length === 160);
  const keys = caller.packets.filter(({ packet }) => packet.payload.length === 4);
  assert.ok(audio.length > 10, `only ${audio.length} packets`);
  // Keys that were asked for along with the call go before the audio.
  const keysFirst = keys.length > 0 && keys[0]!.at < audio[0]!.at;
  assert.ok((keysFirst ? keys : audio)[0]!.at - answeredAt < 1000, 'the first packet came late');
  assert.deepEqual(
    new Set(audio.map(({ packet }) => packet.payloadType)),
    audioTypes.has(9) ? new Set([0]) : audioTypes,
  );
  const { receivedEvents = [] } = recording.rtp;
  assert.deepEqual(
    keys.map(({ packet }) => [packet.marker ? 1 : 0, Buffer.from(packet.payload).toString('hex')]),
    receivedEvents.map(([marker, , , payload]) => [marker, payload]),
  );
  if (movesPort(recording)) return;
  assert.deepEqual(
    audio.map(({ packet }) => packet.timestamp),
    audio.map((_, i) => (keysFirst ? audio[0]!.packet.timestamp : 0) + i * 160),
    'a gap in the timestamps',
  );
  const sequence = caller.packets.map(({ packet }) => packet.sequence);
  assert.deepEqual(
    sequence,
    sequence.map((_, i) => i),
    'a gap in the sequence',
  );
  if (agents.size > 0) assert.ok(caller.sound().length > 0, 'the agent was not heard');
};

/** Whether a re-INVITE sends the audio elsewhere for a while. */
function movesPort({ steps, ports }: Recording): boolean {
  const offered = steps.flatMap((step) =>
    'sip' in step && step.from === 'caller' ? (step.sip.match(/^m=audio (\d+)/m)?.[1] ?? []) : [],
  );
  return offered.some((port) => Number(port) !== ports.rtp);
}

/** Everything a recording holds, against what the bridge did. */
export const checks: Record<string, Check> = {
  messages,
  timers,
  room,
  participant,
  webhooks,
  track,
  seenInRoom,
  states,
  api,
  rtp,
};
