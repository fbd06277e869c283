import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTar } from './tar.ts';

const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;

interface Entry {
  type?: string;
  content?: string;
  size?: number;
  prefix?: string;
}

function entry(name: string, { type = '0', content = '', size, prefix = '' }: Entry = {}): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(octal(size ?? content.length, 12), 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const end = Buffer.alloc(1024);
const archive = (...entries: Buffer[]) => Buffer.concat([...entries, end]);

test('files with their contents, in folders and under a prefix', () => {
  const files = readTar(
    archive(
      entry('./', { type: '5' }),
      entry('./vestibule.yaml', { content: 'version: 1\n' }),
      entry('new-patient.yaml', { prefix: 'questionnaires', content: 'x'.repeat(512) }),
      entry('empty'),
    ),
  );
  assert.deepEqual(
    files.map(({ path, bytes }) => [path, bytes.length]),
    [
      ['vestibule.yaml', 11],
      ['questionnaires/new-patient.yaml', 512],
      ['empty', 0],
    ],
  );
  assert.equal(files[0]?.bytes.toString(), 'version: 1\n');
});

for (const name of ['/etc/passwd', '../x', 'a/../../x', 'a//b', '..', 'a\\b', 'a\nb'])
  test(`the path ${JSON.stringify(name)} is refused`, () => {
    assert.throws(() => readTar(archive(entry(name))), /leads out of its folder/);
  });

for (const [what, type] of [
  ['hard link', '1'],
  ['symbolic link', '2'],
  ['device', '3'],
  ['FIFO', '6'],
  ['extended header', 'x'],
  ['GNU long name', 'L'],
] as const)
  test(`a ${what} is refused`, () => {
    assert.throws(() => readTar(archive(entry('x', { type }))), /files and folders only/);
  });

test('what is cut off, altered or there twice is refused', () => {
  assert.throws(() => readTar(entry('x', { size: 9999 })), /"x" is cut off/);
  assert.throws(() => readTar(archive(entry('x'), entry('./x'))), /"x" is there twice/);
  const altered = archive(entry('x'));
  altered[0] = 0x79;
  assert.throws(() => readTar(altered), /no tar header at byte 0/);
  assert.throws(() => readTar(Buffer.from('x'.repeat(600))), /no tar header/);
});
