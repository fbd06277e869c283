import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Image } from './build.ts';
import { Running } from './container.ts';
import { RunError } from './errors.ts';
import type { Mount } from './namespace.ts';
import { answered, secrets, type Services, startServices } from './services.ts';
import { aws, bundle, environmentOf, natives, ports, recorderFiles, type Target } from './settings.ts';

export interface Check {
  target: Target;
  image: Image;
  /** Of the repository. */
  root: string;
  work: string;
  /** Gets a line for each thing seen. */
  say: (line: string) => void;
}

/**
 * Runs an image as ECS would: a first container fetches the configuration into /config, then the app runs as the image's user with a tree that nobody can
 * write to and an empty /tmp. The network must be one of its own (`unshare --net`).
 * @throws RunError `failed` at the first thing that is not as it must be.
 */
export async function check({ target, image, root, work, say }: Check): Promise<void> {
  const services = await startServices(root, join(work, 'services'));
  const files = join(work, 'files');
  recorderFiles(files);
  for (const folder of ['files', 'proc', 'dev']) mkdirSync(join(image.root, folder), { recursive: true });
  const config = await fetchConfig(image, services, root, work);
  say('configuration: fetched, checked and unpacked by the image’s own entry');

  const mounts: Mount[] = [
    { kind: 'bind', from: config, at: '/config', readOnly: true },
    { kind: 'bind', from: files, at: '/files', readOnly: true },
    { kind: 'tmpfs', at: '/tmp', options: 'mode=1777,size=64m' },
  ];
  const began = performance.now();
  const app = new Running(image, image.command, environmentOf(target, services, '/files'), mounts);
  const url = `http://127.0.0.1:${ports[target]}/healthz`;
  const answer = await Promise.race([
    answered(target, url),
    app.exit.then((code) => fail(`ended with ${code}: ${app.said}`)),
  ]);
  say(`health: ${answer.status} ${await answer.text()} after ${Math.round(performance.now() - began)} ms`);
  await inside(image, mounts, 'HEALTHCHECK of the image', image.healthcheck, say);

  const missing = natives[target].filter((name) => !app.natives.some((found) => name.test(found)));
  if (missing.length > 0) fail(`has not loaded ${missing.join()}, but ${app.natives.join() || 'nothing'}`);
  if (app.natives.length > 0) say(`native libraries: ${app.natives.join(', ')}`);

  const wanted = Number(image.user.split(':')[0]);
  if (app.uid !== wanted || wanted === 0) fail(`runs as uid ${app.uid}; the image says ${wanted}`);
  say(`user: uid ${app.uid}`);
  for (const user of [image.user, '0:0']) await cannotWrite(image, mounts, user, say);

  app.kill(image.stopSignal as NodeJS.Signals);
  const stopped = performance.now();
  const code = await app.exit;
  if (code !== 0) fail(`${image.stopSignal} ended it with ${code}: ${app.said}`);
  say(`${image.stopSignal}: ended with 0 after ${Math.round(performance.now() - stopped)} ms`);
}

/** @returns the folder that it was unpacked into, with the owner that /config has in the image, as ECS has it. */
async function fetchConfig(image: Image, services: Services, root: string, work: string): Promise<string> {
  const bytes = bundle(root);
  const versionId = await put(services, bytes);
  const folder = join(work, 'config');
  mkdirSync(folder);
  const { uid, gid } = statSync(join(image.root, 'config'));
  chownSync(folder, uid, gid);
  const fetching = new Running(
    image,
    ['node', 'images/entry/fetch-config.ts'],
    {
      ...aws(services),
      VESTIBULE_BUNDLE: `s3://config/bundle.tar.gz?versionId=${versionId}`,
      VESTIBULE_BUNDLE_SHA256: createHash('sha256').update(bytes).digest('hex'),
    },
    [{ kind: 'bind', from: folder, at: '/config' }],
  );
  const code = await fetching.exit;
  if (code !== 0) fail(`fetch-config ended with ${code}: ${fetching.said}`);
  return folder;
}

async function put({ s3 }: Services, bytes: Buffer): Promise<string> {
  const { accessKeyId, secretAccessKey } = secrets;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ region: 'us-east-1', endpoint: s3, forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'config', ObjectLockEnabledForBucket: true }));
  const sent = await client.send(
    new PutObjectCommand({ Bucket: 'config', Key: 'bundle.tar.gz', Body: bytes }),
  );
  client.destroy();
  return sent.VersionId ?? fail('S3 gave no version');
}

/** A second command in the same image, as an engine's health check is one. */
async function inside(
  image: Image,
  mounts: Mount[],
  what: string,
  argv: string[],
  say: Check['say'],
): Promise<void> {
  const second = new Running(image, argv, {}, mounts);
  const code = await second.exit;
  if (code !== 0) fail(`${what}: ${argv.join(' ')} ended with ${code}: ${second.said}`);
  say(`${what}: ended with 0`);
}

async function cannotWrite(image: Image, mounts: Mount[], user: string, say: Check['say']): Promise<void> {
  const script =
    "for (const at of ['/', '/vestibule/', '/config/']) try { require('fs').writeFileSync(at + 'x', ''); console.log(at) } catch (e) { console.log(e.code) }";
  const second = new Running(image, ['node', '--eval', script], {}, mounts, user);
  await second.exit;
  const found = second.said.split('\n');
  if (found.length !== 3 || found.some((code) => code !== 'EROFS')) fail(`${user} may write: ${second.said}`);
  say(`writing to /, /vestibule and /config as ${user}: ${[...new Set(found)].join()}`);
}

function fail(what: string): never {
  throw new RunError('failed', what);
}
