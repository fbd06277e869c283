/**
 * How much CPU the bridge takes: `node local/sip-bridge/test/measure-cpu.ts [calls]`. The bridge runs in a process of
 * its own; the callers, the participants (one per call, publishing a tone) and LiveKit Server do not count.
 */
import { readFile } from 'node:fs/promises';
import { dispose } from '@livekit/rtc-node';
import {
  buildSdp,
  g711Offer,
  OutgoingCall,
  Pacer,
  parseSdp,
  chooseFormat,
  RtpSession,
  SipEndpoint,
} from '@vestibule/local-telephony';
import { TestAgent } from './agent.ts';
import { startBridge } from './bridge-process.ts';
import { World } from './world.ts';

const calls = Number(process.argv[2] ?? 1);
const seconds = 10;
const address = '127.0.0.1';

/** CPU seconds of a process so far. */
async function cpuOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const world = await World.open();
await world.api('SIP/CreateSIPInboundTrunk', { trunk: { name: 'cpu', numbers: ['+15550100100'] } });
const rule = { dispatchRuleIndividual: { roomPrefix: 'cpu', pin: '' } };
await world.api('SIP/CreateSIPDispatchRule', { dispatch_rule: { name: 'cpu', rule } });
const bridge = await startBridge(world.livekit);
const peer = bridge.local;
const idle = await cpuOf(bridge.pid);

const pacer = new Pacer();
const endpoint = await SipEndpoint.open({ address, port: 0 });
const tone = Int16Array.from({ length: 160 }, (_, i) => 8000 * Math.sin(i / 4));
let heard = 0;
const place = async (index: number) => {
  const from = `<sip:+1555010${String(1000 + index)}@${address}>`;
  const media = await RtpSession.open({
    address,
    ports: { from: 0, to: 0 },
    pacer,
    nextFrame: () => tone,
    onFrame: (samples) => (heard += samples.some((sample) => Math.abs(sample) > 2000) ? 1 : 0),
  });
  const sdp = buildSdp({
    sessionId: 1,
    version: 1,
    audio: { address, port: media.port },
    formats: g711Offer,
  });
  const call = new OutgoingCall(endpoint, { uri: `sip:+15550100100@${address}`, from, sdp, peer });
  const hook = await world.webhook(
    ({ event, room }) => event === 'room_started' && room.name.startsWith(`cpu_+1555010${1000 + index}`),
    20_000,
  );
  const agent = await TestAgent.join(world.livekit, {
    room: hook!.room.name,
    identity: 'agent',
    subscribe: false,
  });
  const outcome = await call.outcome;
  if (outcome.kind === 'answered') {
    const answer = parseSdp(outcome.sdp);
    media.start(answer.audio, chooseFormat(answer, ['PCMU']));
  }
  return { call, media, agent };
};
const placed = [];
for (let index = 0; index < calls; index++) placed.push(await place(index));
const joined = await cpuOf(bridge.pid);
const from = performance.now();
heard = 0;
await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const used = (await cpuOf(bridge.pid)) - joined;
const elapsed = (performance.now() - from) / 1000;
process.stdout.write(
  `${JSON.stringify({
    calls,
    percentOfACore: Math.round((100 * used) / elapsed),
    cpuSecondsToJoinEach: Number(((joined - idle) / calls).toFixed(2)),
    framesHeardPerCallAndSecond: Math.round(heard / calls / elapsed),
  })}\n`,
);
for (const { call, media, agent } of placed) {
  await call.bye();
  media.close();
  await agent.leave();
}
bridge.kill('SIGTERM');
endpoint.close();
await world.close();
await dispose();
