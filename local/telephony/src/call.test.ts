import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  buildSdp,
  chooseFormat,
  Dialog,
  g711Offer,
  OutgoingCall,
  Pacer,
  parseSdp,
  RtpSession,
  sdpFormats,
  type ServerTransaction,
  SipEndpoint,
} from './index.ts';

const address = '127.0.0.1';
const any = { from: 0, to: 0 };

test('a call is placed, answered, carries tone and digits both ways, is re-invited and hung up', async () => {
  const pacer = new Pacer();
  const [caller, callee] = [
    await SipEndpoint.open({ address, port: 0 }),
    await SipEndpoint.open({ address, port: 0 }),
  ];
  const tone = Int16Array.from({ length: 160 }, (_, i) => Math.round(8000 * Math.sin(i / 4)));
  const heard = { caller: 0, callee: 0, digits: '' };
  const all = Promise.withResolvers<void>();
  const check = () => {
    if (heard.caller > 5 && heard.callee > 5 && heard.digits === '5#') all.resolve();
  };
  const loud = (samples: Int16Array) => samples.some((sample) => Math.abs(sample) > 4000);
  const media = (who: 'caller' | 'callee') => ({
    address,
    ports: any,
    pacer,
    nextFrame: () => tone,
    onFrame: (samples: Int16Array) => {
      if (loud(samples)) heard[who]++;
      check();
    },
    onDigit: (digit: string) => {
      heard.digits += digit;
      check();
    },
  });
  const [near, far] = [await RtpSession.open(media('caller')), await RtpSession.open(media('callee'))];

  callee.onRequest = (transaction: ServerTransaction) => {
    const { request } = transaction;
    const offer = parseSdp(request.body);
    const format = chooseFormat(offer, ['PCMU', 'PCMA']);
    const body = buildSdp({
      sessionId: 1,
      version: 1,
      audio: { address, port: far.port },
      formats: sdpFormats(format),
    });
    transaction.respond({ status: 180, reason: 'Ringing', toTag: 'callee' });
    const headers = [
      ['Contact', `<sip:${address}:${callee.local.port}>`],
      ['Content-Type', 'application/sdp'],
    ] as const;
    transaction.respond({ status: 200, reason: 'OK', toTag: 'callee', headers, body });
    far.start(offer.audio, format);
    callee.addDialog(Dialog.asCallee(request, 'callee'), (inside) =>
      inside.respond({
        status: 200,
        reason: 'OK',
        headers,
        body: inside.request.method === 'INVITE' ? body : '',
      }),
    );
  };

  const offer = buildSdp({
    sessionId: 1,
    version: 1,
    audio: { address, port: near.port },
    formats: g711Offer,
  });
  const call = new OutgoingCall(caller, {
    uri: `sip:100@${address}:${callee.local.port}`,
    from: '<sip:200@example.org>',
    sdp: offer,
    peer: callee.local,
  });
  const outcome = await call.outcome;
  assert.equal(outcome.kind, 'answered');
  const answer = parseSdp(outcome.sdp);
  near.start(answer.audio, chooseFormat(answer, ['PCMU']));
  near.sendDigits('5#');
  await all.promise;
  assert.equal((await call.reinvite(offer))?.status, 200);
  assert.equal((await call.bye())?.status, 200);
  assert.deepEqual(await call.ended, { by: 'local' });
  for (const part of [near, far, caller, callee]) part.close();
});
