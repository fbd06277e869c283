import assert from 'node:assert/strict';
import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isCodedError } from '@vestibule/core';
import { makeBundle, type Sign } from './make.ts';
import { manifestOf, manifestText } from './manifest.ts';
import { type BundledFile, writeTar } from './tar.ts';
import { verifyBundle } from './verify.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const sign: Sign = async (message) => signWith('sha256', message, privateKey);
const file = (path: string, text: string): BundledFile => ({ path, bytes: Buffer.from(text) });
const files = [
  file('vestibule.yaml', 'version: 1\n'),
  file('edge/use1-az1/kamailio.cfg', '#!KAMAILIO\n'),
  file('a/empty', ''),
];
const options = { tenant: 'lakeside', version: 7, files };

/** A bundle put together by hand: `signed` are the files that its manifest is of. */
async function forged(
  content: readonly BundledFile[],
  signed: readonly BundledFile[] = files,
): Promise<Buffer> {
  const manifest = Buffer.from(manifestText(manifestOf('lakeside', 7, signed)));
  return gzipSync(
    writeTar([
      { path: 'manifest', bytes: manifest },
      { path: 'manifest.sig', bytes: await sign(manifest) },
      ...content,
    ]),
  );
}

test('what was signed comes out again', async () => {
  const { bytes, manifest } = await makeBundle({ ...options, sign });
  const verified = verifyBundle(bytes, publicKey);
  assert.deepEqual(verified.manifest, manifest);
  assert.deepEqual(
    verified.files.map(({ path, bytes: content }) => [path, Buffer.from(content).toString()]),
    [
      ['a/empty', ''],
      ['edge/use1-az1/kamailio.cfg', '#!KAMAILIO\n'],
      ['vestibule.yaml', 'version: 1\n'],
    ],
  );
});

test('the same input gives the same bytes, in whatever order', async () => {
  const [one, other] = await Promise.all([
    makeBundle(options),
    makeBundle({ ...options, files: files.toReversed() }),
  ]);
  assert.ok(one.bytes.equals(other.bytes));
});

describe('refused, with the reason', () => {
  const cases: [string, () => Promise<Buffer>, string, RegExp][] = [
    ['an unsigned one', async () => (await makeBundle(options)).bytes, 'bad-signature', /is not signed/],
    [
      'one of another key',
      async () => {
        const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
        return (await makeBundle({ ...options, sign: async (message) => signWith('sha256', message, other) }))
          .bytes;
      },
      'bad-signature',
      /not of this key/,
    ],
    [
      'an altered file',
      () => forged([file('vestibule.yaml', 'version: 2\n'), ...files.slice(1)]),
      'altered',
      /^vestibule\.yaml: is not what was signed$/,
    ],
    ['a missing file', () => forged(files.slice(1)), 'altered', /^vestibule\.yaml: is missing$/],
    ['an extra file', () => forged([...files, file('extra', '')]), 'altered', /^extra: was not signed$/],
    [
      'a file that is there twice',
      () => forged([...files, files[0]!]),
      'malformed',
      /"vestibule\.yaml" has no place/,
    ],
    [
      'a file outside',
      () => forged([...files, file('../extra', '')]),
      'malformed',
      /"\.\.\/extra" has no place/,
    ],
    ['no archive', async () => gzipSync(Buffer.alloc(1024, 1)), 'malformed', /no tar archive at byte 0/],
    ['no gzip', async () => Buffer.from('hello'), 'malformed', /no gzip/],
  ];
  for (const [name, make, code, message] of cases)
    test(name, async () => {
      const bytes = await make();
      assert.throws(
        () => verifyBundle(bytes, publicKey),
        (error) => isCodedError(error, code) && message.test(error.message),
      );
    });
});

test('names that a manifest cannot hold are refused before anything is signed', async () => {
  const wrong = ['a b', '/etc/passwd', '../x', 'manifest', '-rf', `${'x'.repeat(101)}`].map((path) =>
    file(path, ''),
  );
  await assert.rejects(makeBundle({ ...options, files: wrong, sign }), (error) => {
    assert.ok(isCodedError(error, 'not-bundled'));
    assert.equal(error.message.split('\n').length, wrong.length);
    return true;
  });
});
