import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Call, World } from './vpc-stand-in.ts';

/** Starts the stand-in of a VPC in a namespace; resolves when it listens. `called` gets each call of EC2's API. */
export async function startVpc(
  namespace: string,
  hostNamespace: string,
  called: (call: Call) => void,
): Promise<{ child: ChildProcess; change: (world: Partial<World>) => void }> {
  const file = new URL('vpc-stand-in.ts', import.meta.url).pathname;
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, file, hostNamespace], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise<void>((ready, failed) => {
    child.once('exit', () => failed(new Error('the stand-in of the VPC has ended')));
    createInterface(child.stdout).on('line', (line) =>
      line === 'ready' ? ready() : called(JSON.parse(line) as Call),
    );
  });
  return { child, change: (world) => void child.stdin.write(`${JSON.stringify(world)}\n`) };
}
