import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from './redis-server.ts';
import { until } from './until.ts';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vestibule');
const keys = { accessKeyId: 'tests', secretAccessKey: 'the key of the tests' };

export interface S3Server {
  url: string;
  client: S3Client;
  bucket: string;
  stop(): Promise<void>;
}

/**
 * A real S3 server (versitygw, which `make setup` builds) on a free port, with one bucket; versions and Object Lock only where `lock` says
 * so. `webhook` gets its events.
 */
export async function startS3({
  lock = false,
  webhook,
}: { lock?: boolean; webhook?: string } = {}): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-s3-'));
  for (const name of ['objects', 'versions']) mkdirSync(join(folder, name));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const stop = await launch(url, [
    ...['--port', `127.0.0.1:${port}`, '--region', 'us-east-1', '--health', '/healthz', '--quiet'],
    ...(webhook === undefined ? [] : ['--event-webhook-url', webhook]),
    ...['posix', ...(lock ? ['--versioning-dir', join(folder, 'versions')] : []), join(folder, 'objects')],
  ]);
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: url,
    forcePathStyle: true,
    credentials: keys,
  });
  const bucket = 'archive';
  await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: lock }));
  return {
    url,
    client,
    bucket,
    stop: async () => {
      client.destroy();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns what ends it. @throws Error with the program's last words when it ends by itself. */
async function launch(url: string, args: string[]): Promise<() => Promise<void>> {
  const env = { ROOT_ACCESS_KEY_ID: keys.accessKeyId, ROOT_SECRET_ACCESS_KEY: keys.secretAccessKey };
  const server = spawn(join(cache, 'bin/versitygw-v1.8.0'), args, { env: { ...process.env, ...env } });
  let words = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (piece: Buffer) => (words = (words + piece.toString()).slice(-4000)));
    (stream as Socket).unref();
  }
  server.unref();
  const onExit = () => server.kill('SIGKILL');
  process.once('exit', onExit);
  const ended = once(server, 'exit');
  const failed = ended.then(
    () => Promise.reject(new Error(`versitygw ended: ${words}`)),
    (cause: unknown) => Promise.reject(new Error('versitygw does not start: run make setup', { cause })),
  );
  const ready = until('versitygw answers', async () => (await fetch(`${url}/healthz`)).status === 200);
  await Promise.race([ready, failed]);
  failed.catch(() => {});
  return async () => {
    process.off('exit', onExit);
    server.kill('SIGTERM');
    await ended;
  };
}
