import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../local/aws/src/main.ts', import.meta.url));
const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' };

/** The AWS stand-ins as a process of the test's own, on a free port. */
export async function startStandIn(latency: 'zero' | 'measured' = 'zero') {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      LOCAL_AWS_LISTEN: '127.0.0.1:0',
      LOCAL_AWS_LATENCY: latency,
      LOCAL_AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      LOCAL_AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = `http://127.0.0.1:${await portOf(child)}`;
  return {
    endpoint,
    clientConfig: { region: 'us-east-1', endpoint, credentials },
    /** Makes the next requests of a service fail, as its control endpoint describes. */
    fault: (body: unknown) =>
      fetch(`${endpoint}/_local/faults`, { method: 'POST', body: JSON.stringify(body) }),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function portOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface(child.stdout)) {
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      child.stdout.resume();
      return port;
    }
  }
  throw new Error('the stand-in ended before it was ready');
}
