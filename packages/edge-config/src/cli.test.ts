import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { edgeCheck, edgeRender } from './cli.ts';
import { goldenFile } from './golden.ts';

const file = fileURLToPath(goldenFile('vestibule.yaml'));
let folder: string;

before(async () => void (folder = await mkdtemp(join(tmpdir(), 'vestibule-edge-cli-'))));
after(() => rm(folder, { recursive: true }));

test('render writes the files, says what changed, and how to start them', async () => {
  const out = join(folder, 'edge');
  const first = await edgeRender(file, out);
  assert.equal(first.ok, true, first.output);
  assert.match(first.output, /new {7}kamailio\.cfg/);
  assert.match(first.output, /\/usr\/sbin\/kamailio -f/);
  assert.deepEqual((await readdir(out)).sort(), [
    'address.list',
    'dispatcher.list',
    'kamailio.cfg',
    'rtpengine.conf',
    'run',
    'tables',
    'tls.cfg',
  ]);
  await writeFile(join(out, 'address.list'), '');
  const second = await edgeRender(file, out);
  assert.match(second.output, /unchanged kamailio\.cfg/);
  assert.match(second.output, /changed {3}address\.list/);
});

test('check runs Kamailio’s parser', async () => {
  assert.deepEqual(await edgeCheck(file), {
    ok: true,
    output: `${file} renders an edge that Kamailio takes.\n`,
  });
});

test('a bad file is refused whole', async () => {
  const bad = join(folder, 'bad.yaml');
  await writeFile(bad, 'version: 1\n');
  const out = join(folder, 'never');
  const { ok, output } = await edgeRender(bad, out);
  assert.equal(ok, false);
  assert.match(output, /bad\.yaml:1 tenant: is missing/);
  await assert.rejects(readdir(out));
});
