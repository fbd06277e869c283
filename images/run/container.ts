import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Image } from './build.ts';
import { RunError } from './errors.ts';
import { commandOf, type Mount } from './namespace.ts';

/** An image that runs, with a tree that nobody can write to. */
export class Running {
  readonly #process: ChildProcess;
  readonly #exit: Promise<number | null>;
  #said = '';

  constructor(
    image: Image,
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    mounts: readonly Mount[],
    user: string = image.user,
  ) {
    const [program, ...args] = commandOf({ ...image, argv, user, readOnly: true, mounts });
    this.#process = spawn(program!, args, {
      env: { ...image.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (piece: Buffer) => (this.#said = (this.#said + piece.toString()).slice(-4000)));
    this.#exit = once(this.#process, 'close').then(([code]) => code as number | null);
  }

  /** Its last words. */
  get said(): string {
    return this.#said.trim();
  }

  /** @returns the code that it ends with. */
  get exit(): Promise<number | null> {
    return this.#exit;
  }

  /** Its first process, by the number that it has out here. @throws RunError `failed` */
  get pid(): number {
    const { pid } = this.#process;
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    if (!child) throw new RunError('failed', `it has ended: ${this.said}`);
    return Number(child);
  }

  /** Real user id of its first process. */
  get uid(): number {
    return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1]);
  }

  /** Native libraries that its first process has loaded from node_modules, by their packages. */
  get natives(): string[] {
    const maps = readFileSync(`/proc/${this.pid}/maps`, 'utf8');
    const found = maps.matchAll(/\/node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S*\.(?:node|so[.\d]*)$/gm);
    return [...new Set([...found].map(([, name]) => name!))].sort();
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }
}
