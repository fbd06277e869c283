import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { loadQuestionnaire } from '../index.ts';
import { resourcesBeside } from './resources.ts';

function folder(t: TestContext): string {
  const at = mkdtempSync(join(tmpdir(), 'vestibule-terminology-'));
  t.after(() => rmSync(at, { recursive: true }));
  mkdirSync(join(at, 'terminology'));
  return at;
}

const valueSet = {
  resourceType: 'ValueSet',
  url: 'https://vestibule.example/fhir/ValueSet/side',
  status: 'active',
  compose: {
    include: [
      {
        system: 'urn:x',
        concept: [
          { code: 'l', display: 'left' },
          { code: 'r', display: 'right' },
        ],
      },
    ],
  },
};
const questionnaire = {
  resourceType: 'Questionnaire',
  url: 'https://vestibule.example/fhir/Questionnaire/x',
  version: '1',
  status: 'active',
  item: [
    { linkId: 'side', text: 'Left or right?', type: 'choice', required: true, answerValueSet: valueSet.url },
  ],
};

test('a value set in the folder beside a questionnaire gives its options', (t) => {
  const at = folder(t);
  writeFileSync(join(at, 'terminology', 'side.json'), JSON.stringify(valueSet));
  const resources = resourcesBeside(join(at, 'x.json'));
  const { definition, faults } = loadQuestionnaire(JSON.stringify(questionnaire), 'x.json', { resources });
  assert.deepEqual(faults, []);
  assert.deepEqual(
    definition?.items[0]?.options.map(({ code }) => code),
    ['l', 'r'],
  );
  assert.notDeepEqual(loadQuestionnaire(JSON.stringify(questionnaire), 'x.json').faults, []);
});

test('no folder is no fault; every file that is no resource is one, all together', (t) => {
  const at = folder(t);
  assert.deepEqual(resourcesBeside('/nowhere/x.json'), []);
  writeFileSync(join(at, 'terminology', 'a.json'), '{');
  writeFileSync(join(at, 'terminology', 'b.json'), '[]');
  assert.throws(() => resourcesBeside(join(at, 'x.json')), /a\.json: [\s\S]*b\.json: has no resourceType/);
});
