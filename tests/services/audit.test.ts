import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readRegister } from '@vestibule/record';
import { startWebhook, type Webhook } from './events.ts';
import { type Office, openOffice, takeCall, tenant } from './sealed-call.ts';
import { type S3Service, startS3 } from './versitygw.ts';

// `vestibule record audit` over a real S3 server.

const root = resolve(import.meta.dirname, '../..');
const today = new Date().toISOString().slice(0, 10);
const folder = mkdtempSync(join(tmpdir(), 'vestibule-audit-'));
const file = (name: string) => join(folder, name);
let webhook: Webhook;
let s3: S3Service;
let office: Office;

before(async () => {
  webhook = await startWebhook();
  s3 = await startS3(webhook.url);
  const { client, bucket } = s3;
  office = openOffice({ client, bucket, retainUntil: () => new Date(Date.now() + 60_000) });
  writeFileSync(file('anchor.pem'), office.anchor.export({ type: 'spki', format: 'pem' }));
  const config = readFileSync(join(root, 'vestibule.yaml'), 'utf8')
    .replace(/bucket: \S+,/, `bucket: ${bucket},`)
    .replace(/^questionnaires: .*/m, `questionnaires: ${join(root, 'examples/questionnaires')}`);
  writeFileSync(file('vestibule.yaml'), config);
});
after(async () => {
  await s3.stop();
  await webhook.stop();
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
  const { accessKeyId, secretAccessKey } = await s3.client.config.credentials();
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL_S3: s3.url,
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
    const { archive } = office;
    const { anchor } = openOffice(archive);
    const { faults } = await readRegister(archive, { tenant, days: [today], anchor });
    assert.match(faults.join('\n'), /checkpoint w_\w+\/0: the certificate is not the trust anchor’s/);
  });
});
