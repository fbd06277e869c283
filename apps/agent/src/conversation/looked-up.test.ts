import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import {
  CallLog,
  type CallState,
  foldCall,
  MemoryCallKeys,
  MemoryLogStore,
  payloadOf,
} from '@vestibule/record';
import { Intake } from './intake.ts';
import { patientIn } from './looked-up.ts';
import { openConversation } from './open.ts';
import { createScript } from './script.ts';

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const identifies = {
  url: 'https://vestibule.example/fhir/StructureDefinition/voice-identifier',
  valueBoolean: true,
};
const script = createScript(await loadConfig('vestibule.yaml'));
const item = (linkId: string, text: string, type: string, more: object = {}) => ({
  linkId,
  text,
  type,
  required: true,
  ...more,
});
const { definition, faults } = loadQuestionnaire(
  JSON.stringify({
    resourceType: 'Questionnaire',
    id: 'known',
    url: 'https://vestibule.example/fhir/Questionnaire/known',
    version: '1',
    status: 'active',
    extension: [
      {
        url: `${sdc}-launchContext`,
        extension: [
          { url: 'name', valueCoding: { code: 'patient' } },
          { url: 'type', valueCode: 'Patient' },
        ],
      },
    ],
    item: [
      item('name', 'What is your full name?', 'string', { extension: [identifies] }),
      item('birth', 'What is your date of birth?', 'date', { extension: [identifies] }),
      item('phone', 'What is your phone number?', 'string', {
        extension: [
          {
            url: `${sdc}-initialExpression`,
            valueExpression: { language: 'text/fhirpath', expression: '%patient.telecom.value.first()' },
          },
        ],
      }),
    ],
  }),
  'known.json',
);
assert.ok(definition, JSON.stringify(faults));

const ann = {
  patientId: 'p-1',
  givenName: 'Ann',
  familyName: 'Miller',
  birthDate: '1985-03-03',
  phone: '+15550100123',
};
const found = (...patients: object[]) => JSON.stringify({ patients });

async function open(before?: CallState) {
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
  const { conversation, intake } = openConversation({
    ...{ definition: definition!, log, script, today: '2026-11-28' },
    state: before ?? { inputs: [], turns: [], redFlags: [], done: [], consent: true },
    alert: () => undefined,
    onOver: () => undefined,
  });
  const says = (words: string) => {
    conversation.onFinal({ text: words, startMs: 0, endMs: 1, confidence: 0.95 });
    return conversation.turn();
  };
  /** Answers until nothing is read back. */
  const answers = async (words: string) => {
    await says(words);
    while (conversation.step?.kind === 'readBack' && !conversation.question.includes('0100'))
      await says('yes');
  };
  const ways = () => log.entries.flatMap((entry) => payloadOf(entry, 'answer')?.obtained?.by ?? []);
  return { conversation, intake, log, answers, ways };
}

test('what was looked up is used once two identifiers are confirmed and match, and it is on record', async () => {
  const { conversation, intake, log, answers, ways } = await open();
  conversation.onFound('find_patient', found(ann));
  await answers('Ann Miller');
  assert.equal(ways().includes('looked-up'), false, 'a name is not enough');
  await answers('March third nineteen eighty five');
  assert.equal(ways().filter((way) => way === 'looked-up').length, 1);
  assert.match(JSON.stringify(intake.state.items['phone']), /0100123/);
  const again = new Intake(intake.definition, log, '2026-11-28', foldCall(log.entries).inputs);
  assert.deepEqual(again.state, intake.state, 'the log’s inputs give the same state');
});

test('of somebody else, of several, or of a tool of another name nothing is used', async () => {
  for (const [tool, result] of [
    ['find_patient', found({ ...ann, birthDate: '1990-01-01' })],
    ['find_patient', found(ann, { ...ann, patientId: 'p-2' })],
    ['find_patient', found()],
    ['find_patient', 'no such thing'],
    ['search_knowledge', found(ann)],
  ] as const) {
    const { conversation, answers, ways } = await open();
    conversation.onFound(tool, result);
    await answers('Ann Miller');
    await answers('March third nineteen eighty five');
    assert.equal(ways().includes('looked-up'), false, result);
    assert.match(conversation.question, /phone number/);
  }
});

test('after a take-over it is used all the same, once', async () => {
  const { conversation, log, answers } = await open();
  const result = { id: 't', name: 'find_patient', key: 'k', durationMs: 1 };
  await log.append('tool-result', { ...result, piiResult: found(ann), failed: false });
  await log.append('tool-result', { ...result, key: 'l', piiResult: found(), failed: false });
  await log.append('tool-result', {
    ...{ ...result, key: 'm', failed: true },
    piiResult: found({ ...ann, patientId: 'p-9' }),
  });
  conversation.onFound('find_patient', found(ann));
  await answers('Ann Miller');

  const state = { ...foldCall(log.entries), consent: true };
  const next = await open(state);
  await next.answers('March third nineteen eighty five');
  assert.equal(next.ways().filter((way) => way === 'looked-up').length, 1);
  assert.match(JSON.stringify(next.intake.state), /"p-1"/);
  assert.match(JSON.stringify(next.intake.state.items['phone']), /0100123/);

  const inputs = [...state.inputs, ...foldCall(next.log.entries).inputs];
  const last = await open({ ...state, inputs });
  await last.answers('yes');
  assert.equal(last.ways().includes('looked-up'), false, 'what was used is not used again');
});

test('a patient is what FHIR has of one', () => {
  assert.deepEqual(patientIn('find_patient', found({ patientId: 'p-1', familyName: 'Miller' })), {
    resourceType: 'Patient',
    id: 'p-1',
    name: [{ family: 'Miller' }],
  });
});
