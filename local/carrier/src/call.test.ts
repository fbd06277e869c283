import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@vestibule/core';
import { buildSdp, g711Offer, header } from '@vestibule/local-telephony';
import { type CallOptions, type CallParts, placeCall } from './call.ts';
import type { TimedEvent } from './events.ts';
import { Playback } from './playback.ts';
import { rms } from './speech-detector.ts';
import { type ScriptedAgent, scriptedAgent } from './testing/scripted-agent.ts';
import { parseWav } from './wav.ts';

const tone = (ms: number) =>
  Int16Array.from({ length: ms * 8 }, (_, i) => Math.round(8000 * Math.sin(i / 3)));
const silentVoice = { speak: async () => new Int16Array(160) };

function options(agents: readonly ScriptedAgent[], change: Partial<CallOptions> = {}): CallOptions {
  return {
    from: '+15550100123',
    to: '+15550100100',
    verstat: 'TN-Validation-Passed-A',
    targets: agents.map(({ port }) => ({ address: '127.0.0.1', port })),
    local: { address: '127.0.0.1', port: 0, rtp: { from: 0, to: 0 } },
    limitMs: 20_000,
    ...change,
  };
}

/** Places the call with a party that does nothing, or the one given; resolves with the result and all events. */
async function call(
  agents: readonly ScriptedAgent[],
  { signal, ears, ...change }: Partial<CallOptions> & Pick<CallParts, 'signal' | 'ears'> = {},
  party: CallParts['party'] = () => ({ step: () => undefined, heard: () => undefined }),
  onEvent: (event: TimedEvent) => void = () => undefined,
) {
  const events: TimedEvent[] = [];
  const parts = { clock: systemClock, random: Math.random, voice: silentVoice, party };
  try {
    const result = await placeCall(options(agents, change), {
      ...parts,
      ...(signal ? { signal } : {}),
      ...(ears ? { ears } : {}),
      onEvent: (event) => {
        events.push(event);
        onEvent(event);
      },
    });
    return { ...result, events, kinds: events.map(({ event }) => event) };
  } finally {
    for (const agent of agents) agent.close();
  }
}

test('a call carries turns both ways, is measured, recorded and ended by the agent', async () => {
  const agent = await scriptedAgent({ turns: [tone(400), tone(300)] });
  const recordings = ['a.wav', 'b.wav'].map((file) => ({ file, samples: tone(500) }));
  const { summary, wav, kinds } = await call([agent], {}, (mouth, emit, hangUp) => {
    const party = new Playback(recordings, mouth, {
      onPlay: (file) => emit({ event: 'plays', file }),
      hangUp,
    });
    return party;
  });
  assert.deepEqual(
    kinds.filter((kind) => kind !== 'agent-speech-end'),
    [
      'invite',
      'ring',
      'answer',
      'agent-speech-start',
      'plays',
      'caller-speech-start',
      'caller-speech-end',
      'agent-speech-start',
      'plays',
      'caller-speech-start',
      'caller-speech-end',
      'hangup',
    ],
  );
  assert.equal(summary.outcome, 'completed');
  // The scripted agent waits for 500 ms of silence; 300 ms of that is how long an end takes to be known.
  const [turn] = summary.turnsMs;
  assert.ok(turn !== undefined && turn >= 400 && turn < 1500, `turn of ${turn} ms`);
  assert.ok(summary.inviteToAnswerMs! <= summary.inviteToAgentSpeechMs!);
  const { rate, channels } = parseWav(wav!);
  assert.deepEqual([rate, channels.length, channels[0]!.length], [8000, 2, channels[1]!.length]);
  const loudMs = channels.map(
    (channel) =>
      Array.from({ length: channel.length / 160 }, (_, i) =>
        rms(channel.subarray(i * 160, i * 160 + 160)),
      ).filter((level) => level > 1000).length * 20,
  );
  assert.deepEqual(loudMs, [1000, 700]);
});

test('the INVITE that arrives looks like Twilio’s', async () => {
  const agent = await scriptedAgent({ status: 486 });
  const { summary, events } = await call([agent]);
  assert.equal(summary.outcome, 'refused');
  assert.deepEqual(events.at(-1), { atMs: events.at(-1)!.atMs, event: 'refused', status: 486, reason: 'No' });
  const [invite] = agent.invites;
  assert.match(invite!.uri, /^sip:\+15550100100@/);
  assert.equal(header(invite!, 'user-agent'), 'Twilio Gateway');
  assert.equal(header(invite!, 'x-twilio-verstat'), 'TN-Validation-Passed-A');
  assert.equal(invite!.headers.filter(([name]) => name === 'Via').length, 2);
  assert.match(invite!.body, /RTP\/AVP 0 8 101\r\n/);
});

test('503 leads to the second target, which takes the call', async () => {
  const agents = [await scriptedAgent({ status: 503 }), await scriptedAgent({})];
  const { summary, events } = await call(agents, { hangsUpAtMs: 300 });
  assert.equal(summary.outcome, 'completed');
  assert.deepEqual(
    events.filter(({ event }) => event === 'invite').map((event) => 'attempt' in event && event.attempt),
    [1, 2],
  );
  assert.deepEqual(agents[1]!.requests, ['INVITE', 'BYE']);
});

test('requests in the dialog are answered, and the limit ends the call', async () => {
  const agent = await scriptedAgent({});
  const statuses: Promise<number>[] = [];
  const sdp = buildSdp({
    sessionId: 1,
    version: 2,
    audio: { address: '127.0.0.1', port: 9 },
    formats: g711Offer,
    direction: 'sendonly',
  });
  const ask = async ({ event }: TimedEvent) => {
    if (event !== 'answer') return;
    for (const [method, body] of [['OPTIONS'], ['INVITE', sdp], ['INVITE', 'nonsense'], ['INFO']] as const) {
      statuses.push(agent.request(method, body));
      await statuses.at(-1);
    }
  };
  const { summary, events } = await call([agent], { limitMs: 1000 }, undefined, (event) => void ask(event));
  assert.deepEqual(await Promise.all(statuses), [200, 200, 488, 405]);
  assert.equal(summary.outcome, 'completed');
  assert.deepEqual(
    events.filter(({ event }) => event === 'hold').map((event) => 'direction' in event && event.direction),
    ['sendonly'],
  );
  const last = events.at(-1)!;
  assert.ok(last.event === 'hangup' && last.by === 'limit' && last.limitMs === 1000);
  assert.equal(summary.endedBy, 'limit');
  assert.equal(agent.requests.at(-1), 'BYE');
});

test('keys reach the agent as telephone events', async () => {
  const agent = await scriptedAgent({});
  let pressed = false;
  const { events } = await call([agent], {}, (mouth, _, hangUp) => ({
    heard: () => undefined,
    step: () => {
      if (!pressed)
        mouth.perform([
          { kind: 'keys', digits: '5#' },
          { kind: 'say', text: 'done' },
        ]);
      else if (!mouth.busy) hangUp();
      pressed = true;
    },
  }));
  assert.equal(agent.digits, '5#');
  assert.ok(events.some(({ event }) => event === 'dtmf'));
});

test('told to stop, the caller hangs up and the call is recorded', async () => {
  const agent = await scriptedAgent({});
  const stop = new AbortController();
  const { summary, wav } = await call([agent], { signal: stop.signal }, undefined, ({ event }) => {
    if (event === 'answer') setTimeout(() => stop.abort(), 100);
  });
  assert.equal(summary.outcome, 'completed');
  assert.ok(wav && wav.length > 44);
  assert.equal(agent.requests.at(-1), 'BYE');
});

test('a caller who gives up before the answer cancels', async () => {
  const agent = await scriptedAgent({ status: 180 });
  const { summary, kinds, wav } = await call([agent], { hangsUpAtMs: 150 });
  assert.equal(summary.outcome, 'cancelled');
  assert.deepEqual(kinds, ['invite', 'ring', 'hangup']);
  assert.equal(wav, undefined);
  assert.equal(agent.requests.at(-1), 'CANCEL');
});

test('when the recogniser fails the caller hangs up, and what was heard so far is recorded', async () => {
  const agent = await scriptedAgent({});
  const failed = Promise.withResolvers<unknown>();
  const ears = {
    hear: () => failed.resolve(new Error('recogniser gone')),
    onHeard: () => undefined,
    failed: failed.promise,
    close: () => Promise.resolve(),
  };
  const { summary, wav, failure } = await call([agent], { ears });
  assert.equal(summary.outcome, 'failed');
  assert.match(String(failure), /recogniser gone/);
  assert.ok(wav && wav.length > 44);
  assert.equal(agent.requests.at(-1), 'BYE');
});
