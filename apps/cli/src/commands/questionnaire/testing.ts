import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { makeProgram } from '../../program.ts';
import { root } from '../../processes.ts';

export const example = (name: string) => join(root, 'examples/questionnaires', name);

/** The command line with what is typed; what it printed, and its exit code. */
export async function run(args: string[], typed = ''): Promise<{ out: string; code: number }> {
  let out = '';
  let code = 0;
  const program = makeProgram(
    { write: (text) => (out += text) },
    (given) => (code = given),
    Readable.from([typed]),
  );
  await program.parseAsync(['questionnaire', ...args], { from: 'user' });
  return { out, code };
}

export function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'vestibule-questionnaire-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

export function file(t: TestContext, name: string, text: string | Uint8Array): string {
  const path = join(folder(t), name);
  writeFileSync(path, text);
  return path;
}

/** The short form with these items. */
export const short = (items: string, more = '') =>
  `id: t\ntitle: T\nversion: '1'\nurl: https://a.example/t\n${more}items:\n${items}`;
