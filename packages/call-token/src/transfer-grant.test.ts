import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { mintCallBackGrant, mintTransferGrant } from './transfer-grant.ts';

const secret = 'ab'.repeat(32);
const grant = { destination: '+12125550123', callerId: '+15550100100', decision: 'd1', exp: 1_800_000_000 };
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
/** As Kamailio's script makes it. */
const signature = (minted: string, kind: string) => {
  const [decision, exp, nonce] = minted.split('.');
  return hash(
    secret + hash(secret + `${kind}${grant.destination}|${grant.callerId}|${decision}|${exp}|${nonce}`),
  );
};

test('each kind of grant is signed as that kind and no other', () => {
  const [transfer, callBack] = [mintTransferGrant(grant, secret), mintCallBackGrant(grant, secret)];
  assert.equal(transfer.split('.')[3], signature(transfer, ''));
  assert.equal(callBack.split('.')[3], signature(callBack, 'call-back|'));
  assert.notEqual(callBack.split('.')[3], signature(callBack, ''));
});

test('no two grants are the same, and a weak key makes none', () => {
  assert.notEqual(mintCallBackGrant(grant, secret), mintCallBackGrant(grant, secret));
  assert.throws(() => mintCallBackGrant(grant, 'short'), { code: 'weak-secret' });
});
