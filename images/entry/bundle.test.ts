import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type S3Server, startS3 } from '@vestibule/record/testing';
import { assertDigest, unpack } from './bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'vestibule-bundle-'));
let s3: S3Server;
before(async () => (s3 = await startS3({ lock: true })));
after(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

/** A bundle as an operator's tar makes it. */
function bundle(name: string, fill: (at: string) => void): Buffer {
  const at = join(folder, `${name}.d`);
  mkdirSync(join(at, 'questionnaires'), { recursive: true });
  writeFileSync(join(at, 'vestibule.yaml'), `# ${name}\n`);
  fill(at);
  return execFileSync('tar', ['--create', '--gzip', '--format=ustar', '--directory', at, '.']);
}

const whole = () =>
  bundle('whole', (at) => writeFileSync(join(at, 'questionnaires/new-patient.yaml'), 'title: x\n'));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function put(key: string, bytes: Buffer): Promise<string> {
  const sent = await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: key, Body: bytes }));
  return `s3://${s3.bucket}/${key}?versionId=${sent.VersionId}`;
}

/** Runs the container's entry. */
async function fetchConfig(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const credentials = { accessKeyId: 'tests', secretAccessKey: 'the key of the tests' };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fetch-config.ts')], {
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_S3: s3.url,
      ...env,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => (said += piece.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

test('the bundle of that version is fetched and unpacked, whatever was put there since', async () => {
  const bytes = whole();
  const uri = await put('config/bundle.tar.gz', bytes);
  await put('config/bundle.tar.gz', Buffer.from('another'));
  const target = join(folder, 'config');
  const { code, said } = await fetchConfig({
    VESTIBULE_BUNDLE: uri,
    VESTIBULE_BUNDLE_SHA256: sha256(bytes),
    VESTIBULE_CONFIG: join(target, 'vestibule.yaml'),
  });
  assert.equal(code, 0, said);
  assert.equal(readFileSync(join(target, 'vestibule.yaml'), 'utf8'), '# whole\n');
  assert.equal(readFileSync(join(target, 'questionnaires/new-patient.yaml'), 'utf8'), 'title: x\n');
});

test('another file than the one that was named is refused, and nothing is written', async () => {
  const uri = await put('config/bundle.tar.gz', Buffer.concat([whole(), Buffer.from('x')]));
  const target = join(folder, 'refused');
  const { code, said } = await fetchConfig({
    VESTIBULE_BUNDLE: uri,
    VESTIBULE_BUNDLE_SHA256: sha256(whole()),
    VESTIBULE_CONFIG: join(target, 'vestibule.yaml'),
  });
  assert.equal(code, 1);
  assert.match(said, /bundle-altered/);
  assert.throws(() => readdirSync(target), /ENOENT/);
});

test('what is not there is said with its place', async () => {
  const { code, said } = await fetchConfig({
    VESTIBULE_BUNDLE: `s3://${s3.bucket}/nothing?versionId=1`,
    VESTIBULE_BUNDLE_SHA256: '0'.repeat(64),
  });
  assert.equal(code, 1);
  assert.match(said, /fetch-config: s3:\/\/archive\/nothing: /);
});

test('all faults of the environment are said together', async () => {
  const { code, said } = await fetchConfig({ VESTIBULE_BUNDLE: 's3://b/k', VESTIBULE_BUNDLE_SHA256: 'x' });
  assert.equal(code, 1);
  assert.match(said, /VESTIBULE_BUNDLE: is not s3:/);
  assert.match(said, /VESTIBULE_BUNDLE_SHA256: is not a SHA-256/);
});

test('a link, a missing vestibule.yaml and what is no gzip file are refused', async () => {
  const linked = bundle('linked', (at) => symlinkSync('/etc/passwd', join(at, 'passwd')));
  await assert.rejects(unpack(linked, join(folder, 'a')), /"\.\/passwd" is of type "2"/);
  const bare = bundle('bare', (at) => rmSync(join(at, 'vestibule.yaml')));
  await assert.rejects(unpack(bare, join(folder, 'b')), /no vestibule\.yaml/);
  await assert.rejects(unpack(Buffer.from('x'), join(folder, 'c')), /no gzip file/);
  await assert.rejects(unpack(gzipSync(Buffer.alloc(65 << 20)), join(folder, 'd')), /no gzip file/);
});

test('a digest holds its own file alone', () => {
  assertDigest(Buffer.from('a'), sha256(Buffer.from('a')));
  assert.throws(() => assertDigest(Buffer.from('b'), sha256(Buffer.from('a'))), /digest is/);
});
