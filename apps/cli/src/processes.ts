import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

/** The clone that this command line belongs to. */
export const root = resolve(import.meta.dirname, '../../..');

/**
 * Runs a program of another app or of local/ as a process of its own: apps import neither. It shares our terminal. Resolves to
 * its exit code.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  // The terminal sends Ctrl-C to both; the child ends in its own time.
  const wait = () => undefined;
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', pass);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass);
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Runs a TypeScript program of the clone. */
export function runScript(
  script: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<number> {
  return runProcess(process.execPath, [join(root, script), ...args], env);
}
