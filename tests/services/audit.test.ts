import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readRegister } from '@vestibule/record';
import { type Office, openOffice, takeCall, tenant } from './sealed-call.ts';

// `vestibule record audit` over a real S3 server.

const root = resolve(import.meta.dirname, '../..');
const today = new Date().toISOString().slice(0, 10);
const folder = mkdtempSync(join(tmpdir(), 'vestibule-audit-'));
const file = (name: string) => join(folder, name);
let office: Office;

before(async () => {
  office = await openOffice();
  writeFileSync(file('anchor.pem'), office.anchor.export({ type: 'spki', format: 'pem' }));
  const config = readFileSync(join(root, 'vestibule.yaml'), 'utf8')
    .replace(/bucket: \S+,/, `bucket: ${office.archive.bucket},`)
    .replace(/^questionnaires: .*/m, `questionnaires: ${join(root, 'examples/questionnaires')}`);
  writeFileSync(file('vestibule.yaml'), config);
});
after(async () => {
  await office.stop();
  rmSync(folder, { recursive: true });
});

/** Audits against these admissions, as a process. */
async function auditWith(...decisions: string[]): Promise<{ status: number; output: string }> {
  const line = (decision: string) =>
    ` 1(66) NOTICE: <script>: ${JSON.stringify({ event: 'admitted', decision, number: '+15550100100' })}\n`;
  writeFileSync(file('edge.log'), `Listening on\n${decisions.map(line).join('')}`);
  const args = [join(root, 'apps/cli/src/main.ts'), 'record', 'audit', '--config', file('vestibule.yaml')];
  const options = [
    '--decisions',
    file('edge.log'),
    '--anchor',
    file('anchor.pem'),
    '--from',
    today,
    '--to',
    today,
  ];
  const { accessKeyId, secretAccessKey } = await office.archive.client.config.credentials();
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_S3: office.s3.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  return new Promise((done) =>
    execFile(process.execPath, [...args, ...options], { env }, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );
}

describe('the register against the edge’s decisions', () => {
  test('every admitted call has its record, and what is not yet sound is listed without alarm', async () => {
    const { callId } = await takeCall(office, { decision: 'd1' });
    const running = await takeCall(office, { decision: 'd2', sealed: false });
    const orphan = await takeCall(office, { decision: 'd3', registered: false });
    const stranger = await takeCall(office);
    const { status, output } = await auditWith('d1', 'd2', 'd3');
    assert.equal(status, 0, output);
    assert.match(output, /4 calls in 6 checkpoints of 4 workers, all signed and in unbroken chains/);
    assert.match(output, /The edge admitted 3 calls: 1 of them/);
    assert.match(
      output,
      new RegExp(`UNFINISHED +call ${running.callId} +decision d2 +no final root; last seen`),
    );
    assert.match(output, new RegExp(`UNREGISTERED +call ${orphan.callId} +decision d3 +sealed`));
    assert.match(output, new RegExp(`UNKNOWN-TO-EDGE +call ${stranger.callId} +decision – `));
    assert.doesNotMatch(output, new RegExp(callId));
  });

  test('a call that is missing altogether is an error that names it', async () => {
    const { status, output } = await auditWith('d1', 'd-gone');
    assert.equal(status, 1);
    assert.match(
      output,
      /MISSING +call – +decision d-gone +admitted to \+15550100100: no record and no sighting/,
    );
  });

  test('an edge’s log without any admission is refused: it would make everything look sound', async () => {
    const { status, output } = await auditWith();
    assert.equal(status, 1);
    assert.match(output, /edge\.log names no admitted call\. Give the edge's log/);
  });

  test('a register that another key signed does not verify', async () => {
    const { publicKey: anchor } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { archive } = office;
    const { faults } = await readRegister(archive, { tenant, days: [today], anchor });
    assert.match(faults.join('\n'), /checkpoint w_\w+\/0: the certificate is not the trust anchor’s/);
  });
});
