import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TestAgent } from './agent.ts';
import { bridged } from './bridged.ts';
import { runSipp } from './sipp.ts';

/** SIPp knows nothing of our SIP code, so it cannot share its mistakes. */
describe('SIPp as the caller', () => {
  const on = bridged();

  /** Runs a scenario to its end. Rejects with what SIPp says when a message is not as the scenario expects. */
  async function sipp(name: string, number: string): Promise<void> {
    const { address, port } = on.bridge.local;
    await runSipp(on.folder, name, [`${address}:${port}`, '-s', number]);
  }

  /** A number with its rule, and an agent who waits for its call. */
  async function answered(
    number: string,
    prefix: string,
    subscribe = false,
  ): Promise<{ agent: Promise<TestAgent>; room: Promise<string> }> {
    await provision(number, prefix);
    const room = on.world
      .webhook(({ event, room: { name } }) => event === 'room_started' && name.startsWith(prefix), 20_000)
      .then((hook) => hook?.room.name ?? 'no room');
    return {
      room,
      agent: room.then((name) =>
        TestAgent.join(on.world.livekit, { room: name, identity: 'agent-1', subscribe }),
      ),
    };
  }

  async function provision(number: string, prefix: string): Promise<void> {
    const trunk = await on.world.api('SIP/CreateSIPInboundTrunk', {
      trunk: { name: prefix, numbers: [number] },
    });
    const rule = { dispatchRuleIndividual: { roomPrefix: prefix, pin: '' } };
    await on.world.api('SIP/CreateSIPDispatchRule', {
      dispatch_rule: { name: prefix, trunk_ids: [trunk.sip_trunk_id], rule },
    });
  }

  test('a call with PCMA audio, a re-INVITE, OPTIONS and BYE', async () => {
    const { agent } = await answered('+15550100201', 'sipp-call', true);
    await sipp('call', '+15550100201');
    assert.ok((await agent).heard > 10, 'the agent heard the caller');
    await (await agent).leave();
  });

  test('CANCEL while it rings', async () => {
    await provision('+15550100202', 'sipp-cancel');
    await sipp('cancel', '+15550100202');
  });

  test('RFC 4733 digits reach the room, and the room’s end hangs up', async () => {
    const { agent, room } = await answered('+15550100203', 'sipp-digits');
    const call = sipp('digits', '+15550100203');
    const { digits, ...rest } = { digits: (await agent).digits, room: await room };
    for (let i = 0; i < 500 && digits.length < 4; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await on.world.api('RoomService/DeleteRoom', rest);
    await call;
    assert.deepEqual(
      digits.map(([, digit]) => digit),
      ['1', '5', '9', '#'],
    );
    await (await agent).leave();
  });

  test('a 200 without ACK comes again as RFC 3261 asks', async () => {
    const { agent } = await answered('+15550100204', 'sipp-no-ack');
    await sipp('no-ack', '+15550100204');
    const trace = await readFile(join(on.folder, 'no-ack.msg'), 'utf8');
    const answers = trace.split('-----------------------------------------------').filter((message) => {
      return message.includes('SIP/2.0 200 OK') && message.includes('CSeq: 1 INVITE');
    });
    // At 0, 0.5, 1.5 and 3.5 s.
    assert.equal(answers.length, 4);
    await (await agent).leave();
  });
});
