import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SpawnedBackend {
  url: string;
  token: string;
  /** Trouble for the next requests: see the stand-in's README. */
  trouble(fault: { kind: string; next: number; ms?: number }): Promise<void>;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../../../../local/florizel/src/main.ts', import.meta.url));

/** The backend stand-in as a process of its own, on a free port: the app must not import it. */
export async function spawnFlorizel(): Promise<SpawnedBackend> {
  const token = 'a token of the tests';
  const child = spawn(process.execPath, [main], {
    env: { FLORIZEL_LISTEN: '127.0.0.1:0', FLORIZEL_TOKEN: token },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await readyUrl(child);
  return {
    url,
    token,
    trouble: async (fault) => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/_local/faults`, {
        method: 'POST',
        headers,
        body: JSON.stringify(fault),
      });
      if (response.status !== 204) throw new Error(`the fault switch answered ${response.status}`);
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('no stderr');
  for await (const line of createInterface(child.stderr)) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) {
      child.stderr.resume();
      return url;
    }
  }
  throw new Error('the backend stand-in ended before it was ready');
}
