import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { test } from 'node:test';
import { type ServerTransaction, SipEndpoint } from '../index.ts';

const address = '127.0.0.1';

function text(
  method: string,
  fields: { via?: string; branch: string; callId?: string; toTag?: string },
): string {
  const { via = 'h:5060', branch, callId = 'x', toTag } = fields;
  return [
    `${method} sip:c@${address} SIP/2.0`,
    `Via: SIP/2.0/UDP ${via};branch=z9hG4bK${branch};rport`,
    'From: <sip:a@b>;tag=1',
    `To: <sip:c@d>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    '\r\n',
  ].join('\r\n');
}

async function open() {
  const endpoint = await SipEndpoint.open({ address, port: 0 });
  const socket: Socket = createSocket('udp4');
  const received: string[] = [];
  socket.on('message', (bytes) => received.push(bytes.toString().split('\r\n')[0]!));
  return {
    endpoint,
    received,
    send: (message: string) => socket.send(message, endpoint.local.port, address),
    until: async (done: () => boolean) => {
      while (!done()) await new Promise((resolve) => setImmediate(resolve));
    },
    close: () => {
      socket.close();
      endpoint.close();
    },
  };
}

test('requests and peers with ports that are none do not end the endpoint', async () => {
  const { endpoint, received, send, until, close } = await open();
  endpoint.onRequest = (transaction) => transaction.respond({ status: 200, reason: 'OK' });
  send(text('INVITE', { via: 'h:99999', branch: 'a' }).replace(';rport', ''));
  send(text('INVITE', { via: 'h:0', branch: 'b' }).replace(';rport', ''));
  const bye = { kind: 'request', method: 'BYE', uri: 'sip:a@b:99999', headers: [], body: '' } as const;
  for (const port of [0, 99_999]) endpoint.request(bye, { address, port }, {});
  endpoint.request(bye, { address: 'a\0b', port: 5060 }, {});
  send(text('OPTIONS', { branch: 'c' }));
  await until(() => received.length > 0);
  assert.deepEqual(received, ['SIP/2.0 200 OK']);
  close();
});

test('the ACK to a 2xx finds its INVITE by dialog and number, among others', async () => {
  const { endpoint, send, until, close } = await open();
  const acknowledged: string[] = [];
  const invites: ServerTransaction[] = [];
  endpoint.onRequest = (transaction) => {
    const name = `call-${invites.push(transaction)}`;
    transaction.onAck = () => acknowledged.push(name);
    transaction.respond({ status: 200, reason: 'OK', toTag: name });
  };
  for (const callId of ['x', 'y', 'z']) send(text('INVITE', { branch: callId, callId }));
  await until(() => invites.length === 3);
  send(text('ACK', { branch: 'other', callId: 'y', toTag: 'call-1' }));
  send(text('ACK', { branch: 'own', callId: 'y', toTag: 'call-2' }));
  await until(() => acknowledged.length > 0);
  assert.deepEqual(acknowledged, ['call-2']);
  close();
});
