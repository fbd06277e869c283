import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { assertInterface } from './network.ts';

const entry = (address: string, internal: boolean): NetworkInterfaceInfo => ({
  ...{ address, internal, netmask: '255.0.0.0', mac: '00:00:00:00:00:00', family: 'IPv4', cidr: null },
});

test('loopback and link-local addresses are not enough, any other one is', () => {
  const refused = (error: unknown) => isCodedError(error, 'no-interface');
  assert.throws(() => assertInterface({}), refused);
  assert.throws(() => assertInterface({ lo: [entry('127.0.0.1', true)] }), refused);
  assert.throws(() => assertInterface({ eth0: [entry('fe80::1', false)] }), refused);
  assertInterface({ lo: [entry('127.0.0.1', true)], v0: [entry('192.0.2.9', false)] });
});
