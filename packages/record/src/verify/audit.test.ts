import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ArchivedCall, audit, type AuditFinding } from './audit.ts';
import type { RegisteredCall } from '../journal/register.ts';

const [root, other] = ['a'.repeat(64), 'b'.repeat(64)];
const seen = (callId: string, more: Partial<RegisteredCall> = {}): RegisteredCall => ({
  ...{ callId, decision: `d-${callId}`, size: 9, root, final: true, at: '2026-11-26T10:00:00.000Z' },
  ...more,
});
const record = (callId: string, more: Partial<ArchivedCall> = {}): ArchivedCall => ({
  ...{ callId, decision: `d-${callId}`, root },
  ...more,
});
const admitted = (...callIds: string[]) => callIds.map((callId) => ({ decision: `d-${callId}` }));
const kinds = (findings: AuditFinding[]) => findings.map(({ kind }) => kind);

test('a call that was admitted, registered and archived with one root is sound', () => {
  const audited = audit({
    admissions: admitted('1', '2'),
    registered: [seen('1'), seen('2')],
    archived: [record('1'), record('2')],
  });
  assert.deepEqual(audited, { sound: 2, findings: [] });
});

for (const [what, audited, expected] of [
  [
    'a call of which there is nothing',
    { admissions: admitted('1', '2'), registered: [seen('1')], archived: [record('1')] },
    ['missing'],
  ],
  [
    'a call whose record is gone',
    { admissions: admitted('1'), registered: [seen('1')], archived: [] },
    ['lost'],
  ],
  [
    'a record with another root than was registered',
    { admissions: admitted('1'), registered: [seen('1')], archived: [record('1', { root: other })] },
    ['lost'],
  ],
  [
    'a call that has no end yet',
    { admissions: admitted('1'), registered: [seen('1', { final: false })], archived: [] },
    ['unfinished'],
  ],
  [
    'a call that was sealed, and its worker died before it was registered',
    { admissions: admitted('1'), registered: [seen('1', { final: false })], archived: [record('1')] },
    ['unregistered'],
  ],
  [
    'a call whose sealing was not finished',
    {
      admissions: admitted('1'),
      registered: [seen('1', { final: false })],
      archived: [{ callId: '1' }],
    },
    ['unfinished', 'unregistered'],
  ],
  [
    'a call that came past the edge',
    {
      admissions: [],
      registered: [seen('1'), seen('2', { decision: undefined as never })],
      archived: [record('1'), record('2')],
    },
    ['unknown-to-edge', 'unknown-to-edge'],
  ],
] as const) {
  test(`${what} is found`, () => assert.deepEqual(kinds(audit(audited).findings), expected));
}

test('a call that belongs to the next day is not missing', () => {
  const admissions = admitted('1');
  assert.deepEqual(
    kinds(audit({ admissions, registered: [], archived: [], elsewhere: new Set(['d-1']) }).findings),
    [],
  );
});
