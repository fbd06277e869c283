import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, describe, test, type TestContext } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import { SIPTransport } from '@livekit/protocol';
import { mintTransferGrant, transferHeader } from '@vestibule/call-token';
import { Pacer } from '@vestibule/local-telephony';
import { SipCallError } from 'livekit-server-sdk';
import { ok } from '../../../edge/test/answer.ts';
import { CarrierCall } from '../../../edge/test/carrier-call.ts';
import { livekitPort, startEdge, testAddresses, testConfig } from '../../../edge/test/edge-host.ts';
import { headerOf, sipAnswer, SipPeer, sipRequest } from '../../../edge/test/sip-peer.ts';
import { until } from '../../../edge/test/until.ts';
import { TestAgent } from './agent.ts';
import { Line } from './line.ts';
import { World } from './world.ts';

/**
 * The whole way of a transfer: LiveKit's client library → LiveKit Server → Redis → bridge → Kamailio and RTPEngine of
 * the edge → a carrier, and sound both ways.
 */

const addresses = testAddresses();
const [address] = addresses.livekit;
const secret = randomBytes(32).toString('hex');
const [gateway, callerId, staff, elsewhere] = [5072, '+15550100100', '+15550100200', '+15550100201'];
const pacer = new Pacer();

after(() => dispose());

async function everything(t: TestContext, refer: 'pass' | 'refuse') {
  const outbound = `
outbound:
  carrier: twilio
  domain: clinic.pstn.example.com
  gateways: ["${addresses.carrier}:${gateway}"]
  callerIds: ["${callerId}"]
  destinations: ["${staff}", "${elsewhere}"]
  refer: ${refer}`;
  const env = { VESTIBULE_TRANSFER_KEY: secret };
  const edge = await startEdge(testConfig(addresses, outbound), { probe: 3600 }, env);
  t.after(() => edge.stop());
  const world = await World.open();
  t.after(() => world.close());
  const bridge = await world.bridge({ listen: { address, port: livekitPort } });
  t.after(() => bridge.close());
  const carrier = await SipPeer.open(addresses.carrier, gateway);
  t.after(() => carrier.close());
  const line = await Line.open(addresses.carrier, pacer);
  t.after(() => line.close());
  return { world, carrier, line };
}

const grant = (destination: string, shown?: string) => ({
  [transferHeader]: mintTransferGrant(
    {
      destination,
      ...(shown === undefined ? {} : { callerId: shown }),
      decision: randomUUID(),
      exp: Math.floor(Date.now() / 1000) + 30,
    },
    secret,
  ),
});

async function bothHeard(line: Line, agent: TestAgent): Promise<void> {
  const [atLine, atAgent] = [line.heard, agent.heard];
  const deadline = performance.now() + 10_000;
  while (line.heard < atLine + 25 || agent.heard < atAgent + 25) {
    const counts = `${line.heard - atLine} frames on the line, ${agent.heard - atAgent} in the room`;
    assert.ok(performance.now() < deadline, `heard in 10 s: ${counts}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const sdpOf = (message: string) => message.slice(message.indexOf('\r\n\r\n') + 4);

describe('transfers through the edge', () => {
  test('staff are dialled with a grant and talk; a granted REFER passes, and the carrier’s NOTIFY comes back', async (t) => {
    const { world, carrier, line } = await everything(t, 'pass');
    const { sipTrunkId } = await world.sip.createSipOutboundTrunk(
      'edge',
      `${addresses.edgePrivate}:5060`,
      [callerId],
      { transport: SIPTransport.SIP_TRANSPORT_UDP },
    );
    const agent = await TestAgent.join(world.livekit, { room: 'warm', identity: 'agent-1' });
    t.after(() => agent.leave());
    const dial = (headers: Record<string, string>, waitUntilAnswered = true) =>
      world.sip.createSipParticipant(sipTrunkId, staff, 'warm', {
        participantIdentity: 'staff',
        headers,
        waitUntilAnswered,
      });
    await assert.rejects(
      dial({}),
      (error) => error instanceof SipCallError && error.sipStatus === 'Not Granted',
    );
    const dialled = dial(grant(staff, callerId));
    const invited = () => carrier.received.find((text) => text.startsWith('INVITE '));
    await until('the carrier is called', () => invited() !== undefined);
    const invite = invited() ?? '';
    assert.match(invite, new RegExp(`^INVITE sip:\\${staff}@clinic\\.pstn\\.example\\.com`));
    assert.match(headerOf(invite, 'From') ?? '', new RegExp(`sip:\\${callerId}@`));
    assert.doesNotMatch(invite, /^X-/im);
    const callId = headerOf(invite, 'Call-ID') ?? '';
    carrier.send(sipAnswer(invite, '180 Ringing', 'staff'), addresses.edgePublic);
    carrier.send(
      ok(invite, carrier, line.port).replaceAll('tag=SCL_test', 'tag=staff'),
      addresses.edgePublic,
    );
    line.start(sdpOf(invite));
    await dialled;
    await carrier.next(/^ACK /, callId);
    await bothHeard(line, agent);

    const transferred = world.sip.transferSipParticipant('warm', 'staff', `tel:${elsewhere}`, {
      headers: grant(elsewhere),
    });
    const refer = await carrier.next(/^REFER /, callId);
    assert.equal(headerOf(refer, 'Refer-To'), `tel:${elsewhere}`);
    assert.doesNotMatch(refer, /^X-/im);
    carrier.send(sipAnswer(refer, '202 Accepted', 'staff'), addresses.edgePublic);
    const routes = [...invite.matchAll(/^Record-Route: (.*)\r$/gm)].flatMap(([, value = '']) =>
      value.split(/,\s*/).map((route) => `Route: ${route}`),
    );
    const notify = sipRequest(carrier, {
      method: 'NOTIFY',
      uri: /<(.*)>/.exec(headerOf(invite, 'Contact') ?? '')?.[1] ?? '',
      callId,
      cseq: 1,
      from: `${headerOf(invite, 'To')};tag=staff`,
      to: headerOf(invite, 'From') ?? '',
      headers: [...routes, 'Event: refer', 'Subscription-State: terminated;reason=noresource'],
      contentType: 'message/sipfrag;version=2.0',
      body: 'SIP/2.0 200 OK\n',
    });
    carrier.send(notify.text, addresses.edgePublic);
    await transferred;
    const bye = await carrier.next(/^BYE /, callId);
    carrier.send(sipAnswer(bye, '200 OK', 'staff'), addresses.edgePublic);
  });

  test('where REFER is refused the caller stays and is heard', async (t) => {
    const { world, carrier, line } = await everything(t, 'refuse');
    await world.api('SIP/CreateSIPInboundTrunk', { trunk: { name: 'edge', numbers: [callerId] } });
    const rule = { dispatchRuleDirect: { roomName: 'cold', pin: '' } };
    await world.api('SIP/CreateSIPDispatchRule', { dispatch_rule: { name: 'edge', rule } });
    const agent = await TestAgent.join(world.livekit, { room: 'cold', identity: 'agent-1' });
    t.after(() => agent.leave());
    const rtp = { address: addresses.carrier, port: line.port };
    const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp }).invite();
    const answer = await call.final();
    assert.match(answer, /^SIP\/2\.0 200/);
    line.start(sdpOf(answer));
    await bothHeard(line, agent);
    await assert.rejects(
      world.sip.transferSipParticipant('cold', 'sip_+15550199000', `tel:${staff}`, { headers: grant(staff) }),
      (error) => error instanceof SipCallError && error.status === 403 && error.sipStatusCode === 603,
    );
    await bothHeard(line, agent);
  });
});
