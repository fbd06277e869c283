import { type ChildProcess, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startVpc } from './vpc-process.ts';

const run = promisify(execFile);

/** A namespace with some addresses, in which an instance's metadata are answered. */
export class OneNamespace {
  readonly name: string;
  /** What the instance's metadata say besides its id. */
  metadata: (metadata: Record<string, string>) => void = () => undefined;
  #vpc: ChildProcess | undefined;

  constructor(name: string) {
    this.name = name;
  }

  async start(addresses: readonly string[]): Promise<this> {
    const { name } = this;
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    for (const address of ['169.254.169.254', ...addresses])
      await run('ip', ['-n', name, 'address', 'add', address, 'dev', 'lo']);
    const { child, change } = await startVpc(name, '', () => undefined);
    this.#vpc = child;
    this.metadata = (metadata) => change({ metadata: { 'instance-id': 'i-edge', ...metadata } });
    this.metadata({});
    return this;
  }

  async stop(): Promise<void> {
    this.#vpc?.kill();
    await run('ip', ['netns', 'delete', this.name]);
  }
}
