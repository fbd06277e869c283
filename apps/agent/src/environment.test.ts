import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '@vestibule/config';
import { transferKey } from './environment.ts';

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
