import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIPOutboundConfig, SIPTransport } from '@livekit/protocol';
import { SipCallError } from 'livekit-server-sdk';
import { TestAgent } from './agent.ts';
import { bridged } from './bridged.ts';
import { Callee } from './callee.ts';
import { freePort } from './livekit-server.ts';
import { runSipp } from './sipp.ts';

/** Asked for with LiveKit's own client library, as production code asks; what LiveKit Server makes of it comes by psrpc. */
describe('outbound calls by LiveKit’s SipClient', () => {
  const on = bridged();

  const trunk = (port: number, options = {}) =>
    on.world.sip
      .createSipOutboundTrunk('staff', `127.0.0.1:${port}`, ['+15550100100'], {
        transport: SIPTransport.SIP_TRANSPORT_UDP,
        ...options,
      })
      .then(({ sipTrunkId }) => sipTrunkId);

  async function heard(agent: TestAgent): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (agent.heard < 25) {
      assert.ok(performance.now() < deadline, 'the agent hears nobody');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test('SIPp challenges, answers, is heard, and is transferred', async () => {
    const port = await freePort();
    const callee = runSipp(on.folder, 'answer-and-refer', ['-p', String(port)]);
    const id = await trunk(port, { authUsername: 'staff', authPassword: 'secret' });
    const agent = await TestAgent.join(on.world.livekit, { room: 'sipp', identity: 'agent-1' });
    const options = { participantIdentity: 'staff', waitUntilAnswered: true, ringingTimeout: 20 };
    const info = await on.world.sip.createSipParticipant(id, '+15550100200', 'sipp', options);
    assert.match(info.sipCallId, /^SCL_\w{12}$/);
    await heard(agent);
    await on.world.sip.transferSipParticipant('sipp', 'staff', 'tel:+15550100201');
    await callee;
    const left = await on.world.webhook(
      ({ event, participant }) => event === 'participant_left' && participant?.identity === 'staff',
      10_000,
    );
    assert.equal(left?.participant?.attributes?.['sip.callStatus'], 'hangup');
    await agent.leave();
  });

  test('a refusal reaches the client with the callee’s code and phrase', async (t) => {
    const callee = await Callee.open({ status: 486, reason: 'Busy Here' });
    t.after(() => callee.close());
    const id = await trunk(callee.port);
    await assert.rejects(
      on.world.sip.createSipParticipant(id, '+15550100200', 'busy', {
        participantIdentity: 'staff',
        waitUntilAnswered: true,
      }),
      (error) =>
        error instanceof SipCallError &&
        error.status === 429 &&
        error.sipStatusCode === 486 &&
        error.sipStatus === 'Busy Here',
    );
  });

  test('a trunk may come with the request; headers go out, max_call_duration ends the call', async (t) => {
    const callee = await Callee.open();
    t.after(() => callee.close());
    const inline = new SIPOutboundConfig({
      hostname: `127.0.0.1:${callee.port}`,
      transport: SIPTransport.SIP_TRANSPORT_UDP,
    });
    const options = {
      participantIdentity: 'staff',
      fromNumber: '+15550100100',
      displayName: 'The Clinic',
      headers: { 'X-Vestibule-Transfer': 'a.1.b.c' },
      waitUntilAnswered: true,
      maxCallDuration: 1,
    };
    await on.world.sip.createSipParticipant('', '+15550100200', 'inline', options, inline);
    const [invite] = callee.invites;
    assert.ok(invite);
    assert.equal(invite.header('X-Vestibule-Transfer'), 'a.1.b.c');
    assert.match(
      invite.header('From') ?? '',
      /^"The Clinic" <sip:\+15550100100@127\.0\.0\.1;transport=udp>;tag=SCL_/,
    );
    await callee.hungUp;
  });

  test('what the bridge cannot do is refused with the reason', async () => {
    const id = await trunk(9, { transport: SIPTransport.SIP_TRANSPORT_TLS });
    await assert.rejects(
      on.world.sip.createSipParticipant(id, '+15550100200', 'tls', { participantIdentity: 'staff' }),
      /the SIP bridge does not speak TCP or TLS/,
    );
  });
});
