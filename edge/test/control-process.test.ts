import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { type TestAuthority, testAuthority } from './certificates.ts';
import { ask, granting } from './control-client.ts';
import { testAddresses } from './edge-host.ts';
import { until } from './until.ts';

/** edge/control as the process that runs on an edge host. */

const addresses = testAddresses();
const url = `https://${addresses.edgePrivate}:8443`;
let authority: TestAuthority;
let folder: string;
let child: ChildProcess;
let stderr = '';

const config = (control: string) => `
version: 1
tenant: test
region: us-east-1
organisation: { name: Test, person: nobody }
carriers: [{ name: twilio, kind: twilio }]
edge:
  zone: test-a
  public: { address: ${addresses.edgePublic} }
  private: { address: ${addresses.edgePrivate}, store: 'redis://${addresses.edgePrivate}:6392' }
  livekitSip: ['${addresses.livekit[0]}:5180']
  ${control}
numbers: [{ number: '+15550100100', questionnaire: x }]
questionnaires: .
agent: { models: { stt: 'transcribe:en-US', llm: 'bedrock:x', tts: 'polly:Joanna' } }
tools: { backend: test }
archive: { bucket: test }
`;

before(async () => {
  authority = await testAuthority();
  folder = await mkdtemp(join(tmpdir(), 'vestibule-control-'));
  await install('first-edge');
  const files = `certificate: cert.pem, key: key.pem, authorities: ${authority.caFile}`;
  const rest = `grants: ${authority.grants.publicKeyFile}, consumers: [127.200.0.0/16]`;
  await writeFile(join(folder, 'vestibule.yaml'), config(`control: { ${files}, ${rest} }`));
  child = start('vestibule.yaml');
  await until('it is ready', () => stderr.includes('"ready"'));
});
after(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
  await authority.remove();
});

async function install(name: string): Promise<void> {
  const { certFile, keyFile } = await authority.issue(name, 'serverAuth', addresses.edgePrivate);
  await copyFile(certFile, join(folder, 'cert.pem'));
  await copyFile(keyFile, join(folder, 'key.pem'));
}

function start(file: string): ChildProcess {
  const main = fileURLToPath(new URL('../control/main.ts', import.meta.url));
  const env = { ...process.env, VESTIBULE_CONFIG: join(folder, file), VESTIBULE_EDGE_RUN: folder };
  const started = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  started.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  return started;
}

/** The common name that the server shows. */
async function shown(): Promise<string> {
  const socket = connect({ port: 8443, host: addresses.edgePrivate, ca: authority.ca });
  await once(socket, 'secureConnect');
  const name = socket.getPeerX509Certificate()?.subject ?? '';
  socket.destroy();
  return name;
}

test('without Kamailio and RTPEngine it says so, and refuses what needs them', async () => {
  const client = await authority.issue('recorder', 'clientAuth');
  const grant = granting(authority.grants.privateKey, 'test-a');
  const { cert, key } = client;
  const request = (method: string, path: string, options: Parameters<typeof ask>[3]) =>
    ask({ url, ca: authority.ca, cert, key }, method, path, options);
  const status = await request('GET', '/status', { grant: grant('status') });
  assert.deepEqual(status, { status: 200, body: { zone: 'test-a' } });
  const drained = await request('POST', '/drain', { grant: grant('drain'), body: { draining: true } });
  assert.equal(drained.status, 502);
  assert.equal((drained.body as { error: string }).error, 'kamailio-silent');
});

test('SIGHUP has it read its certificate again; a bad one is refused, and the one in use stays', async () => {
  assert.equal(await shown(), 'CN=first-edge');
  await install('second-edge');
  child.kill('SIGHUP');
  await until('the new certificate is shown', async () => (await shown()) === 'CN=second-edge');
  await writeFile(join(folder, 'cert.pem'), 'no certificate');
  child.kill('SIGHUP');
  await until('it says so', () => stderr.includes('certificates not read again'));
  assert.equal(await shown(), 'CN=second-edge');
});

test('a deployment without edge.control is refused at the start', async () => {
  await writeFile(join(folder, 'plain.yaml'), config(''));
  const other = start('plain.yaml');
  const [code] = (await once(other, 'exit')) as [number];
  assert.equal(code, 1);
  assert.match(stderr, /edge\.control: is missing/);
});

test('SIGTERM ends it', async () => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});
