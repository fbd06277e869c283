import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message, MessageType } from '@bufbuild/protobuf';
import { SIPStatus, SIPStatusCode, SIPTransferStatus } from '@livekit/protocol';
import {
  CreateParticipantRequest,
  CreateParticipantResponse,
  TransferParticipantRequest,
  UpdateCallStateRequest,
} from '../sip-internal.ts';
import { refusalError } from '../sip-status.ts';
import { ClaimRequest, ClaimResponse, pack, Request, Response, unpack } from './envelope.ts';

/** Payloads as they were published on Redis by livekit-server 1.13.5 and the official SIP service (16a, 15a). */
const wire = {
  request: [
    'CiR0eXBlLmdvb2dsZWFwaXMuY29tL2ludGVybmFsLlJlcXVlc3QSxwMKEFJFUV9sWWFUN2JGbllNQ2QSEENMSV9GZ0dIWnNuNDZP',
    'b1EYyIvxnYyxrvUYIMjL7aC2s671GEKMAxIOMTI3LjAuMC4xOjUyOTEaDCsxNTU1MDAwMTExMSIMKzE1NTUyMjIzMzMzOgoxNmF4',
    'Mi1yb29tQghjYWxsZWUtMWABahBTQ0xfanpWdXFTTmpuQlRFcgpDYWxsZWUgT25legVwbWV0YYABAYoBHgoLc2lwLnRydW5rSUQS',
    'D1NUX0xlV1BpejlrNGROWIoBHwoPc2lwLnBob25lTnVtYmVyEgwrMTU1NTIyMjMzMzOKAR4KDHNpcC5ob3N0bmFtZRIOMTI3LjAu',
    'MC4xOjUyOTGKASQKFHNpcC50cnVua1Bob25lTnVtYmVyEgwrMTU1NTAwMDExMTGKAQsKBnAuYXR0chIBMYoBHgoKc2lwLmNhbGxJ',
    'RBIQU0NMX2p6VnVxU05qbkJURZoBD1NUX0xlV1BpejlrNGROWKoBDAoGWC1DYWxsEgJjMaoBDQoHWC1UcnVuaxICdDGyARQKCFgt',
    'Q2FsbGVlEghjYWxsZWUuaNIBEgoGcC5hdHRyEghYLVAtQXR0ctgBAegBAZICAA==',
  ].join(''),
  claim: [
    'Cil0eXBlLmdvb2dsZWFwaXMuY29tL2ludGVybmFsLkNsYWltUmVxdWVzdBIpChBSRVFfbFlhVDdiRm5ZTUNkEhBTUlZfS0JsQ2JX',
    'N0x1bzRtHQAAgD8=',
  ].join(''),
  chosen: [
    'Cip0eXBlLmdvb2dsZWFwaXMuY29tL2ludGVybmFsLkNsYWltUmVzcG9uc2USJAoQUkVRX2xZYVQ3YkZuWU1DZBIQU1JWX0tCbENi',
    'VzdMdW80bQ==',
  ].join(''),
  response: [
    'CiV0eXBlLmdvb2dsZWFwaXMuY29tL2ludGVybmFsLlJlc3BvbnNlEl0KEFJFUV9sWWFUN2JGbllNQ2QSEFNSVl9LQmxDYlc3THVv',
    'NG0YqsTk45KxrvUYOi0KD1BBX3BzYVdYQ2RoRlFyNxIIY2FsbGVlLTEaEFNDTF9qelZ1cVNOam5CVEU=',
  ].join(''),
  transfer: [
    'CiR0eXBlLmdvb2dsZWFwaXMuY29tL2ludGVybmFsLlJlcXVlc3QSegoQUkVRX2EzZWJIZmFKVUhXQRIQQ0xJX0ZnR0hac240Nk9v',
    'URi72PWN+LCu9Rggu7CE7+exrvUYQkAKEFNDTF91OUxmWmZDZDk5cnoSEHRlbDorMTU1NTc3NzAwMDAYASIUCghYLVJlYXNvbhII',
    'dHJhbnNmZXIqAgge',
  ].join(''),
  state: [
    'CiR0eXBlLmdvb2dsZWFwaXMuY29tL2ludGVybmFsLlJlcXVlc3QSiAEKEFJFUV9mbU02Qzc1TW5VZkQSEENMSV9PYldMWmVGbERC',
    'TXIY8Oj8kf+wrvUYIPCkvqiKsa71GEJOEkwKEFNUUl9Xb0xHYWN2a0U3c1MSEFNDTF91OUxmWmZDZDk5cnoaEHRlbDorMTU1NTc3',
    'NzAwMDAglom+lPmwrvUYKI2b+5H/sK71GDAC',
  ].join(''),
};

function read<T extends Message<T>>(type: MessageType<T>, base64: string): T {
  const bytes = Buffer.from(base64, 'base64');
  const message = unpack(type, bytes);
  assert.ok(message, 'not a message of that type');
  assert.equal(Buffer.from(pack(message)).toString('base64'), base64, 'not the same bytes again');
  return message;
}

test('what the server asked for is read, every field, and written back byte for byte', () => {
  const { requestId, clientId, sentAt, expiry, rawRequest } = read(Request, wire.request);
  assert.deepEqual([requestId, clientId], ['REQ_lYaT7bFnYMCd', 'CLI_FgGHZsn46OoQ']);
  assert.equal(expiry - sentAt, 80_000_000_000n);
  const request = CreateParticipantRequest.fromBinary(rawRequest);
  assert.deepEqual(Buffer.from(request.toBinary()), Buffer.from(rawRequest));
  assert.deepEqual(request.toJson(), {
    address: '127.0.0.1:5291',
    number: '+15550001111',
    callTo: '+15552223333',
    roomName: '16ax2-room',
    participantIdentity: 'callee-1',
    playDialtone: true,
    sipCallId: 'SCL_jzVuqSNjnBTE',
    participantName: 'Callee One',
    participantMetadata: 'pmeta',
    transport: 'SIP_TRANSPORT_UDP',
    participantAttributes: {
      'sip.trunkID': 'ST_LeWPiz9k4dNX',
      'sip.phoneNumber': '+15552223333',
      'sip.hostname': '127.0.0.1:5291',
      'sip.trunkPhoneNumber': '+15550001111',
      'p.attr': '1',
      'sip.callID': 'SCL_jzVuqSNjnBTE',
    },
    sipTrunkId: 'ST_LeWPiz9k4dNX',
    headers: { 'X-Call': 'c1', 'X-Trunk': 't1' },
    headersToAttributes: { 'X-Callee': 'callee.h' },
    attributesToHeaders: { 'p.attr': 'X-P-Attr' },
    includeHeaders: 'SIP_X_HEADERS',
    waitUntilAnswered: true,
    media: {},
  });
});

test('claims and responses are what the official service published', () => {
  const requestId = 'REQ_lYaT7bFnYMCd';
  const serverId = 'SRV_KBlCbW7Luo4m';
  const base64 = (payload: Uint8Array) => Buffer.from(payload).toString('base64');
  assert.equal(base64(pack(new ClaimRequest({ requestId, serverId, affinity: 1 }))), wire.claim);
  assert.equal(base64(pack(new ClaimResponse({ requestId, serverId }))), wire.chosen);
  const rawResponse = new CreateParticipantResponse({
    participantId: 'PA_psaWXCdhFQr7',
    participantIdentity: 'callee-1',
    sipCallId: 'SCL_jzVuqSNjnBTE',
  }).toBinary();
  const response = new Response({ requestId, serverId, sentAt: 1795451400268358186n, rawResponse });
  assert.equal(base64(pack(response)), wire.response);
});

test('transfers and reports', () => {
  const { rawRequest } = read(Request, wire.transfer);
  const { transferTo, playDialtone, headers, sipCallId } = TransferParticipantRequest.fromBinary(rawRequest);
  assert.deepEqual(
    { transferTo, playDialtone, headers, sipCallId },
    {
      transferTo: 'tel:+15557770000',
      playDialtone: true,
      headers: { 'X-Reason': 'transfer' },
      sipCallId: 'SCL_u9LfZfCd99rz',
    },
  );
  const { transferInfo } = UpdateCallStateRequest.fromBinary(read(Request, wire.state).rawRequest);
  assert.equal(transferInfo?.transferStatus, SIPTransferStatus.STS_TRANSFER_SUCCESSFUL);
});

test('a payload of another type, or of none, is nothing', () => {
  assert.equal(unpack(Response, Buffer.from(wire.request, 'base64')), undefined);
  assert.equal(unpack(Request, Buffer.from('no protobuf')), undefined);
});

test('a refusal keeps its SIP status for the API', () => {
  const error = refusalError('INVITE failed: ', { status: 486, reason: 'Busy Here' });
  assert.deepEqual(
    [error.code, error.message],
    ['resource_exhausted', 'INVITE failed: sip status: 486: Busy Here'],
  );
  const status = new SIPStatus();
  assert.ok(error.details[0]?.unpackTo(status));
  assert.deepEqual([status.code, status.status], [SIPStatusCode.SIP_STATUS_BUSY_HERE, 'Busy Here']);
});
