import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { withBundle } from './bundle.ts';

/** The bundles are run by a Node of their own, far from the sources. */

const folder = mkdtempSync(join(tmpdir(), 'vestibule-bundles-'));
after(() => rmSync(folder, { recursive: true }));
const run = promisify(execFile);

function bundled(name: string, entry: string, folders: Record<string, string> = {}): string {
  withBundle(new URL(entry, import.meta.url), folders, (from) =>
    cpSync(from, join(folder, name), { recursive: true }),
  );
  return join(folder, name);
}

/** What the handler says to an event: its log, then its answer, or its error's name, code and message. */
async function say(bundle: string, event: object, env: Record<string, string> = {}): Promise<string> {
  const script = `const { handler } = await import(process.argv[1]);
    try { console.log(JSON.stringify(await handler(${JSON.stringify(event)}))); }
    catch ({ name, code, message }) { console.log(name, code, message); }`;
  const path = join(bundle, 'index.mjs');
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script, path], {
    ...{ env, cwd: folder },
  });
  return `${stderr}${stdout}`;
}

const sealed = {
  Records: [
    {
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: 'b' }, object: { key: 't/2026/01/01/c/manifest.json' } },
    },
  ],
};

test('enrichment loads by itself, and says which of its variables are missing', async (t) => {
  const bundle = bundled('enrich', './enrich/entry.ts');
  const { size } = statSync(join(bundle, 'index.mjs'));
  t.diagnostic(`${(size / 1e6).toFixed(1)} MB`);
  assert.ok(size < 10e6);
  const said = await say(bundle, sealed);
  assert.match(said, /^CodedError invalid-environment /);
  for (const name of ['VESTIBULE_BACKEND_URL', 'OPENSEARCH_URL', 'VESTIBULE_ARCHIVE_BUCKET'])
    assert.match(said, new RegExp(name));
});

test('without its tokens it does nothing, and names the secret', async () => {
  const said = await say(join(folder, 'enrich'), sealed, { VESTIBULE_TOKENS: 'vestibule-tokens' });
  assert.match(said, /^CodedError tokens-unavailable vestibule-tokens cannot be read/);
});

test('with all of them and nothing in reach, the message comes again', async () => {
  const nowhere = 'http://127.0.0.1:9';
  const message = { Records: [{ messageId: 'm1', body: JSON.stringify(sealed) }] };
  const said = await say(join(folder, 'enrich'), message, {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    ...{ VESTIBULE_BACKEND_URL: nowhere, VESTIBULE_BACKEND_TOKEN: 't', OPENSEARCH_URL: nowhere },
    ...{ VESTIBULE_ARCHIVE_BUCKET: 'bucket', AWS_ENDPOINT_URL: nowhere },
  });
  assert.match(said, /"code":"archive-unavailable"/);
  assert.match(said, /\{"batchItemFailures":\[\{"itemIdentifier":"m1"\}\]\}\n$/);
});

test('rotation loads by itself', async () => {
  const bundle = bundled('rotation', '../state/rotation/handler.ts');
  const event = { SecretId: 's', ClientRequestToken: 'v', Step: 'createSecret' };
  assert.match(await say(bundle, event, { AWS_REGION: 'nowhere' }), /fetch failed/);
});

test('folders that are there are beside it, and those that are not are left out', () => {
  const questionnaires = new URL('../../../examples/questionnaires', import.meta.url).pathname;
  const bundle = bundled('folders', '../state/rotation/handler.ts', { questionnaires, none: '/nonexistent' });
  assert.equal(existsSync(join(bundle, 'questionnaires')), true);
  assert.equal(existsSync(join(bundle, 'none')), false);
});
