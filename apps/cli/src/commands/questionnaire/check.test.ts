import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../processes.ts';
import { example, file, folder, run, short } from './testing.ts';

describe('check', () => {
  test('all faults of all files, with line and path, and the exit code', async (t) => {
    const links = file(t, 'links.yaml', short('  - { id: a, ask: "a?", when: { item: gone, is: yes } }\n'));
    const circle = file(
      t,
      'circle.yaml',
      short(
        '  - { id: a, ask: "a?", type: boolean, when: { item: b, is: yes } }\n  - { id: b, ask: "b?", type: boolean, when: { item: a, is: yes } }\n',
      ),
    );
    const { out, code } = await run(['check', links, example('phq-9.json'), circle]);
    assert.equal(code, 1);
    assert.match(out, new RegExp(`${links}:6 items\\[0\\]\\.when.*: no item has the link "gone"`));
    assert.match(out, new RegExp(`${circle}:6 items\\[0\\]\\.when.*: a circle: a → b → a`));
    assert.match(out, /phq-9\.json is valid: .*, 9 questions/);
    assert.match(out, /3 files, 2 of them with faults\.\n$/);
  });

  test('warnings of the same words are shown three times and counted; faults and --json have them all', async (t) => {
    const item = Array.from({ length: 6 }, (_, at) => ({ linkId: `a${at}`, text: 'A?', type: 'reference' }));
    const whole = { resourceType: 'Questionnaire', url: 'https://a.example/q', version: '1', item };
    const many = file(t, 'many.json', JSON.stringify(whole));
    const { out } = await run(['check', many]);
    assert.equal(out.match(/a reference cannot be given/g)?.length, 3);
    assert.match(out, /\(and 3 more like this; all of them with --json\)/);
    assert.match(out, /6 warnings/);
    const { out: json } = await run(['check', many, '--json']);
    assert.equal(json.match(/a reference cannot be given/g)?.length, 6);
    const twice = file(t, 'twice.json', JSON.stringify({ ...whole, item: Array(6).fill(item[0]) }));
    assert.equal((await run(['check', twice])).out.match(/the link of an earlier item/g)?.length, 5);
  });

  test('what is no questionnaire is one line, and the next file is checked all the same', async (t) => {
    const at = folder(t);
    const write = (name: string, text: string | Uint8Array) => writeFileSync(join(at, name), text);
    mkdirSync(join(at, 'folder.yaml'));
    write('empty.yaml', '');
    write('binary.json', Uint8Array.of(123, 0, 255));
    write('latin.yaml', Uint8Array.of(0x69, 0x64, 0x3a, 0x20, 0xe9));
    write('huge.yaml', 'a'.repeat(8_000_001));
    write('patient.json', '{ "resourceType": "Patient" }');
    write('list.json', '[]');
    write('cut.json', '{ "resourceType": ');
    const again = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(', ')}]\n`;
    const names = [...'bcdefghi'];
    write(
      'aliases.yaml',
      `a: &a [x]\n${names.map((name, at) => again(name, `*${'abcdefgh'[at]}`)).join('')}`,
    );
    write('deep.yaml', '['.repeat(20_000));
    const told: Record<string, RegExp> = {
      'missing.yaml': /no such file/,
      'folder.yaml': /is a folder/,
      'empty.yaml': /is empty/,
      'binary.json': /not text in UTF-8/,
      'latin.yaml': /not text in UTF-8/,
      'huge.yaml': /8\.0 MB, more than/,
      'patient.json': /not a FHIR Questionnaire: its resourceType is "Patient"/,
      'list.json': /holds a list/,
      'cut.json': /not JSON/,
      'aliases.yaml': /cannot be unfolded/,
      'deep.yaml': /nested too deeply/,
    };
    const files = Object.keys(told).map((name) => join(at, name));
    const { out, code } = await run(['check', ...files, example('gad-7.json')]);
    const lines = out.trimEnd().split('\n');
    assert.equal(code, 1);
    for (const [index, [name, reason]] of Object.entries(told).entries()) {
      assert.ok(lines[index]!.startsWith(join(at, name)), lines[index]);
      assert.match(lines[index]!, reason);
    }
    assert.match(lines[11]!, /gad-7\.json is valid/);
    assert.equal(lines.length, 13);
  });

  test('warnings pass, unless they are told not to; as JSON with the same places', async (t) => {
    const path = file(t, 'warn.yaml', short('  - { id: a, ask: See www.a.example }\n'));
    const plain = await run(['check', path]);
    assert.equal(plain.code, 0);
    assert.match(plain.out, /warn\.yaml:6 warning: items\[0\]\.ask: it cannot be said as it is/);
    assert.equal((await run(['check', '--strict', path])).code, 1);
    const json = JSON.parse((await run(['check', '--json', path])).out) as {
      files: { file: string; valid: boolean; warnings: { line: number; path: string }[] }[];
    };
    assert.equal(json.files[0]!.file, path);
    assert.equal(json.files[0]!.valid, true);
    assert.deepEqual(
      [json.files[0]!.warnings[0]!.line, json.files[0]!.warnings[0]!.path],
      [6, 'items[0].ask'],
    );
  });

  test('as a process: faults on standard output, exit code 1', (t) => {
    const path = file(t, 'faulty.yaml', 'title: T\n');
    const shim = join(root, 'apps/cli/bin/vestibule.cjs');
    const { status, stdout, stderr } = spawnSync(shim, ['questionnaire', 'check', path], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [1, '']);
    assert.match(stdout, /faulty\.yaml:1 items: /);
  });
});
