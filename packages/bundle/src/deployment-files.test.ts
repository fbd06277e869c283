import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { deploymentFiles } from './deployment-files.ts';

const root = new URL('../../../', import.meta.url).pathname;

/** The golden deployment of two zones, with questionnaires beside it. */
function deployment(t: TestContext, edit = (text: string) => text): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-bundle-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const golden = readFileSync(join(root, 'packages/edge-config/golden/vestibule.yaml'), 'utf8');
  writeFileSync(join(folder, 'vestibule.yaml'), edit(golden));
  cpSync(join(root, 'examples/questionnaires'), join(folder, 'questionnaires'), { recursive: true });
  return join(folder, 'vestibule.yaml');
}

test('holds the file, its questionnaires, and the files of each zone as rendered', async (t) => {
  const file = deployment(t);
  const files = await deploymentFiles(await loadConfig(file), file);
  const byPath = new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]));
  assert.equal(byPath.get('vestibule.yaml'), readFileSync(file, 'utf8'));
  assert.ok(byPath.has('questionnaires/new-patient.yaml') && !byPath.has('questionnaires/README.md'));
  const golden = readFileSync(join(root, 'packages/edge-config/golden/kamailio.cfg'), 'utf8');
  assert.equal(byPath.get('edge/use1-az1/kamailio.cfg'), golden);
  assert.match(byPath.get('edge/use1-az2/kamailio.cfg') ?? '', /10\.20\.8\.10/);
});

test('says every address that is missing, and a folder that lies elsewhere', async (t) => {
  const file = deployment(t, (text) =>
    text
      .replaceAll(/ +advertise: .*\n/g, '')
      .replace('questionnaires: questionnaires', 'questionnaires: ../elsewhere'),
  );
  await assert.rejects(deploymentFiles(await loadConfig(file), file), (error) => {
    assert.ok(isCodedError(error, 'not-bundled'));
    const places = error.message.split('\n').map((line) => line.slice(file.length + 1).split(': ')[0]);
    assert.deepEqual(places, ['edge.public.advertise', 'otherZones[0].public.advertise', 'questionnaires']);
    return true;
  });
});
