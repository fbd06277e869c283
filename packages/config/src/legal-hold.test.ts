import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isUnderLegalHold } from './legal-hold.ts';
import { parseConfig } from './parse.ts';

const text = readFileSync(new URL('../../../vestibule.yaml', import.meta.url), 'utf8').replace(
  /^numbers:\n(?: .*\n)+/m,
  `numbers:
  - { number: '+15550100100', questionnaire: new-patient, attestation: mark }
  - { number: '+15550100101', questionnaire: phq-2, attestation: mark }
`,
);
const withHold = (hold: string) =>
  parseConfig(text.replace(/(retention: 6y)/, `$1, legalHold: ${hold}`), 'v.yaml');

for (const [hold, expected] of [
  ['[]', [false, false, false]],
  ['[new-patient]', [true, false, true]],
  ['[phq-2]', [false, true, false]],
  ['[all]', [true, true, true]],
] as const) {
  test(`a legal hold on ${hold} is on for its calls`, () => {
    const { config, faults } = withHold(hold);
    assert.ok(config, JSON.stringify(faults));
    const numbers = ['+15550100100', '+15550100101', '+15550100199'];
    assert.deepEqual(
      numbers.map((dialled) => isUnderLegalHold(config, dialled)),
      expected,
    );
  });
}

test('a hold on a questionnaire that no number has is a fault: nothing would be held', () => {
  const { faults } = withHold('[new-patients]');
  assert.match(faults[0]?.message ?? '', /no number has the questionnaire new-patients/);
  assert.match(faults[0]?.remedy ?? '', /Name one of: all, new-patient, phq-2/);
});
