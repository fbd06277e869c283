import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { callCommand } from '../commands/call.ts';
import { readEnvironment } from '../environment.ts';
import { cloneRoot, foldersOf, makeFolders } from '../folders.ts';
import { temporaryFolder } from '../testing/parts.ts';
import { asArguments, carrierOptions } from './carrier-options.ts';
import { readPersona } from './persona.ts';

const folders = foldersOf('/clone', '/cache');
const plain = join(cloneRoot, 'examples/personas/plain.yaml');

/** The clone's own deployment with other words in it. */
function changedConfig(t: TestContext, changes: readonly [string | RegExp, string][]): string {
  const file = join(temporaryFolder(t), 'vestibule.yaml');
  const text = readFileSync(join(cloneRoot, 'vestibule.yaml'), 'utf8');
  writeFileSync(
    file,
    changes
      .reduce((result, [from, to]) => result.replace(from, to), text)
      .replace('examples/questionnaires', join(cloneRoot, 'examples/questionnaires')),
  );
  return file;
}

test('a call goes to the number and the addresses of the deployment', async (t) => {
  const config = await loadConfig(
    changedConfig(t, [
      ['+15550100100', '+15550177777'],
      ['127.0.0.20/32', '127.0.0.40/30'],
      ['127.0.0.10, sip: 5060', '127.0.0.10, sip: 5062'],
    ]),
  );
  assert.deepEqual(await carrierOptions(config, { folders, persona: readPersona(plain) }), {
    number: '+15550177777',
    to: 'sip:127.0.0.10:5062',
    local: '127.0.0.40',
    out: '/clone/.local/calls',
  });
});

test('a persona that names no questionnaire gets the one of the number', async () => {
  const config = await loadConfig(join(cloneRoot, 'vestibule.yaml'));
  const { questionnaire: _, ...persona } = readPersona(plain);
  const { questionnaire } = await carrierOptions(config, { folders, persona });
  assert.equal(questionnaire, join(cloneRoot, 'examples/questionnaires/new-patient.yaml'));
});

test('options that are given stand', () => {
  const options = { number: '+15550100100', to: 'sip:127.0.0.10:5060', local: '127.0.0.20', out: '/calls' };
  assert.deepEqual(asArguments(options, ['--to', 'sip:10.0.0.1', '--out=here']), [
    ...['--number', '+15550100100'],
    ...['--local', '127.0.0.20'],
  ]);
});

test('a deployment without a carrier on this machine is refused with a remedy', async (t) => {
  const config = await loadConfig(changedConfig(t, [[/ {4}(signalling|media): .*\n/g, '']]));
  await assert.rejects(
    carrierOptions(config, { folders, persona: undefined }),
    /signalling: \[127\.0\.0\.20/,
  );
});

test('a call with nothing running is one line with the remedy; help names the command', async (t) => {
  const environment = readEnvironment(
    { VESTIBULE_CONFIG: join(cloneRoot, 'vestibule.yaml') },
    temporaryFolder(t),
  );
  makeFolders(environment.folders);
  let written = '';
  const terminal = {
    columns: 80,
    colour: false,
    live: false,
    write: (text: string) => void (written += text),
  };
  const call = (...args: string[]) => callCommand(environment, args, { terminal, toPerson: true });
  await assert.rejects(call('--persona', plain), (error) => {
    return (
      isCodedError(error, 'not-running') && error.message === 'Nothing answers at 127.0.0.10:5060: make up'
    );
  });
  assert.equal(await call('--help'), 0);
  assert.match(written, /^Usage: npx vestibule call /);
});
