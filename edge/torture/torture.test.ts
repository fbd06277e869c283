import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testAddresses } from '../test/edge-host.ts';
import { measureAttacks } from './attacks/attack-run.ts';
import { measureForgedInDialog } from './attacks/forged-in-dialog.ts';
import { measureForgedTrust } from './attacks/forged-trust.ts';
import { tortureUsers as users } from './corpus.ts';
import { measureMutants } from './mutant-run.ts';
import type { Target } from './target/target.ts';
import { startVestibule } from './target/vestibule.ts';
import { measureTorture } from './torture-run.ts';

/** A short form of bench/edge: RFC 4475's messages, mutants of Twilio's INVITEs, attacks, forgeries. */

let target: Target;

before(async () => void (target = await startVestibule({ addresses: testAddresses(), users })));
after(() => target.stop());

test('RFC 4475: nothing invalid goes inward, nothing valid is malformed, strangers get nothing', async () => {
  const { trusted, ...figures } = await measureTorture(target);
  assert.equal(trusted.length, 49);
  assert.deepEqual(figures, { alive: true, invalidInward: [], validMalformed: [], bytesToStranger: 0 });
});

test('of 1,200 mutants none goes inward malformed or with a forged decision, and good ones do', async () => {
  const seed = 20_261_127;
  const { alive, inward, malformed, forged } = await measureMutants(target, {
    count: 1200,
    seed,
    perSecond: 200,
  });
  assert.equal(alive, true);
  assert.deepEqual(
    malformed.map(({ faults, mutations }) => ({ faults, mutations })),
    [],
  );
  assert.deepEqual(forged, []);
  assert.ok(inward > 100, `${inward} went inward: mutations that do no harm must`);
});

test('no attack succeeds, and strangers get no byte', async () => {
  const outcomes = await measureAttacks(target, 500);
  assert.equal(outcomes.length, 12);
  assert.deepEqual(
    outcomes.filter(({ succeeded, bytesToStranger }) => succeeded || bytesToStranger > 0),
    [],
  );
});

test('a stranger who knows all of a call that is up cannot write into it', async () => {
  assert.deepEqual(await measureForgedInDialog(target), { sent: 16, relayed: [], bytesToStranger: 0 });
});

test('nobody passes for a verified caller', async () => {
  assert.deepEqual(await measureForgedTrust(target), { sent: 10, believed: [] });
});
