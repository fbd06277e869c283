import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RunError } from './errors.ts';

/** What an app needs to start, with addresses in the container's own network. Stand-ins are the local stack's own, as programs. */
export interface Services {
  redis: string;
  aws: string;
  s3: string;
  backend: string;
}

export const secrets = {
  accessKeyId: 'images',
  secretAccessKey: 'the key of the run of images',
  backendToken: 'token-of-the-run-of-images',
  shared: 'a secret that the run of images shares',
} as const;

/** @param root of the repository. @returns once all answer. */
export async function startServices(root: string, work: string): Promise<Services> {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  const at = (name: string) => {
    const folder = join(work, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const node = (script: string, env: Record<string, string>) =>
    start(process.execPath, [join(root, script)], { cwd: root, env });
  start('redis-server', ['--port', '6391', '--save', '', '--dir', at('redis')], {});
  node('local/aws/src/main.ts', {
    LOCAL_AWS_LISTEN: '127.0.0.1:4570',
    LOCAL_AWS_ACCESS_KEY_ID: secrets.accessKeyId,
    LOCAL_AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
  });
  node('local/florizel/src/main.ts', {
    FLORIZEL_LISTEN: '127.0.0.1:4580',
    FLORIZEL_TOKEN: secrets.backendToken,
    FLORIZEL_DATA: at('florizel'),
  });
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vestibule');
  const s3 = ['--port', '127.0.0.1:7070', '--region', 'us-east-1', '--health', '/healthz', '--quiet'];
  const posix = ['posix', '--versioning-dir', at('versions'), at('objects')];
  start(join(cache, 'bin/versitygw-v1.8.0'), [...s3, ...posix], {
    env: { ROOT_ACCESS_KEY_ID: secrets.accessKeyId, ROOT_SECRET_ACCESS_KEY: secrets.secretAccessKey },
  });
  const services = {
    aws: 'http://127.0.0.1:4570',
    backend: 'http://127.0.0.1:4580',
    s3: 'http://127.0.0.1:7070',
  };
  await Promise.all(Object.entries(services).map(([name, url]) => answered(name, `${url}/healthz`)));
  return { ...services, redis: 'redis://127.0.0.1:6391' };
}

/** Ends with the namespace that it is in. */
function start(
  program: string,
  args: string[],
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> },
): void {
  spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: 'ignore',
    ...(cwd === undefined ? {} : { cwd }),
  })
    .on('error', (cause) => {
      throw new RunError('not-possible', `${program} does not start. Run: make setup`, { cause });
    })
    .unref();
}

/** @throws RunError `failed` after 30 s */
export async function answered(name: string, url: string): Promise<Response> {
  const until = performance.now() + 30_000;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return answer;
    if (performance.now() > until) throw new RunError('failed', `${name} does not answer at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
