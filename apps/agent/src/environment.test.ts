import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '@vestibule/config';
import { callerSecret, transferKey } from './environment.ts';

const staff = { onCall: [] } as unknown as NonNullable<Config['staff']>;
const key = 'ab'.repeat(32);

test('staff can be called with the key that the edge has, and only then', () => {
  assert.equal(transferKey({ VESTIBULE_TRANSFER_KEY: key }, { staff }), key);
  assert.throws(
    () => transferKey({ VESTIBULE_TRANSFER_KEY: undefined }, { staff }),
    /VESTIBULE_TRANSFER_KEY: is missing/,
  );
});

test('without staff a key that is there is not used', () => {
  assert.equal(transferKey({ VESTIBULE_TRANSFER_KEY: key }, { staff: undefined }), undefined);
});

const callBacks = { prefixes: ['+1'] } as unknown as NonNullable<Config['callBacks']>;

test('callers are called back with the same key, and only where callers are known', () => {
  assert.equal(transferKey({ VESTIBULE_TRANSFER_KEY: key }, { callBacks }), key);
  assert.throws(() => transferKey({ VESTIBULE_TRANSFER_KEY: undefined }, { callBacks }), /has callBacks/);
  assert.equal(callerSecret({ VESTIBULE_CALLER_SECRET: key }, { callBacks }), key);
  assert.throws(
    () => callerSecret({ VESTIBULE_CALLER_SECRET: undefined }, { callBacks }),
    /VESTIBULE_CALLER_SECRET: is missing/,
  );
  assert.equal(callerSecret({ VESTIBULE_CALLER_SECRET: undefined }, {}), undefined);
});
