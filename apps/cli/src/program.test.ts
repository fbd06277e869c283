import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { makeProgram } from './program.ts';
import { root } from './processes.ts';
import { columns } from './terminal.ts';

async function run(...args: string[]): Promise<string> {
  let written = '';
  const program = makeProgram({ write: (text) => (written += text) }, () => undefined);
  await program.parseAsync(args, { from: 'user' });
  return written;
}

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'vestibule-cli-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

test('the help names everything that can be done', () => {
  const help = makeProgram({ write: () => undefined }, () => undefined).helpInformation();
  for (const command of [
    ...[
      'demo',
      'up',
      'down',
      'status',
      'logs',
      'call',
      'doctor',
      'bench',
      'config check',
      'questionnaire check try paths flags',
    ],
    ...[
      'edge render check diff apply status drain',
      'bundle make verify',
      'record list show verify',
      'tools list call check',
      'knowledge import',
    ],
  ]) {
    assert.ok(help.includes(`  ${command} `), command);
  }
});

test('the help names the targets of make, and that of call its own name', () => {
  const shim = join(root, 'apps/cli/bin/vestibule.cjs');
  const help = spawnSync(shim, ['--help'], { encoding: 'utf8' });
  for (const target of ['setup', 'test', 'check', 'bench'])
    assert.ok(help.stdout.includes(`  make ${target} `), target);
  const call = spawnSync(shim, ['call', '--help'], { encoding: 'utf8' });
  assert.match(call.stdout, /^Usage: npx vestibule call /);
  assert.equal(call.status, 0);
});

test('the deployment of this clone is valid, and so are its example questionnaires', async () => {
  assert.match(await run('config', 'check', join(root, 'vestibule.yaml')), /is valid/);
  const example = join(root, 'examples/questionnaires/new-patient.yaml');
  assert.match(await run('questionnaire', 'check', example), /is valid: .* questions/);
});

test('bad files end with their faults, not with a stack trace', async (t) => {
  const file = join(folder(t), 'vestibule.yaml');
  writeFileSync(file, 'version: 2\n');
  await assert.rejects(run('config', 'check', file), (error: Error) => {
    return isCodedError(error, 'bad-file') && error.message.includes(`${file}:1 version`);
  });
  assert.match(await run('questionnaire', 'check', `${file}.no`), /cannot be read: there is no such file/);
});

test('a faulty questionnaire of a valid deployment is told with its file', async (t) => {
  const made = folder(t);
  const file = join(made, 'vestibule.yaml');
  const text = readFileSync(join(root, 'vestibule.yaml'), 'utf8');
  writeFileSync(file, text.replace(/^questionnaires: .*$/m, 'questionnaires: .'));
  cpSync(join(root, 'examples/questionnaires'), made, { recursive: true });
  writeFileSync(join(made, 'new-patient.yaml'), 'title: New patient\n');
  await assert.rejects(run('config', 'check', file), (error: Error) => {
    const lines = error.message.split('\n');
    return (
      isCodedError(error, 'bad-file') &&
      lines.length > 2 &&
      lines[0]?.startsWith(join(made, 'new-patient.yaml'))
    );
  });
});

test('the edge files are rendered into a folder', async (t) => {
  const out = folder(t);
  await run('edge', 'render', join(root, 'vestibule.yaml'), '--out', out, '--run', join(out, 'run'));
  assert.ok(readdirSync(out).includes('kamailio.cfg'));
  assert.match(await run('edge', 'render', join(root, 'vestibule.yaml')), /# --- rtpengine.conf/);
});

test('an unknown command is one clear error, under whatever Node npx found', () => {
  const shim = join(root, 'apps/cli/bin/vestibule.cjs');
  const { status, stderr } = spawnSync(shim, ['statsu'], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.equal(stderr, "error: unknown command 'statsu'\n(Did you mean status?)\n");
});

test('columns line up and end without blanks', () => {
  assert.equal(
    columns([
      ['A', 'B'],
      ['long', ''],
    ]),
    'A     B\nlong\n',
  );
});
