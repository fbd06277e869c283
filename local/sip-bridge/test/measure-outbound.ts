/**
 * How long an outbound call takes, step by step: `node local/sip-bridge/test/measure-outbound.ts [calls]`. One after
 * another, against a real LiveKit Server and Redis, the bridge as a process; prints milliseconds.
 */
import { SIPTransport } from '@livekit/protocol';
import { dispose } from '@livekit/rtc-node';
import { startBridge } from './bridge-process.ts';
import { Callee } from './callee.ts';
import { World } from './world.ts';

const calls = Number(process.argv[2] ?? 20);
const world = await World.open();
const bridge = await startBridge(world.livekit);
const callee = await Callee.open();
const { sipTrunkId } = await world.sip.createSipOutboundTrunk(
  'out',
  `127.0.0.1:${callee.port}`,
  ['+15550100100'],
  { transport: SIPTransport.SIP_TRANSPORT_UDP },
);
const steps = { invite: [] as number[], joined: [] as number[], answered: [] as number[] };
for (let i = 1; i <= calls; i++) {
  const room = `measure-${i}`;
  const from = performance.now();
  const since = () => performance.now() - from;
  const joined = world
    .webhook(({ event, room: { name } }) => event === 'participant_joined' && name === room, 10_000)
    .then(() => steps.joined.push(since()));
  const invited = callee.invited(i).then(() => steps.invite.push(since()));
  const options = { participantIdentity: 'staff', waitUntilAnswered: true };
  await world.sip.createSipParticipant(sipTrunkId, '+15550100200', room, options);
  steps.answered.push(since());
  await Promise.all([joined, invited]);
  await world.api('RoomService/DeleteRoom', { room });
}
for (const [step, all] of Object.entries(steps)) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!);
  process.stdout.write(`${step}: P50 ${at(0.5)} ms, P95 ${at(0.95)} ms, longest ${at(1)} ms\n`);
}
bridge.kill('SIGKILL');
callee.close();
await world.close();
await dispose();
process.exit(0);
