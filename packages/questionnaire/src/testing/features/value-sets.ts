import assert from 'node:assert/strict';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { loadQuestionnaire } from '../../definition/load.ts';
import { answersOf, ask, at, type Feature, questionnaireOf } from './feature.ts';

const pet = (more: Partial<QuestionnaireItem>): QuestionnaireItem => ({
  linkId: 'pet',
  text: 'Which pet?',
  type: 'choice',
  required: true,
  ...more,
});
const system = 'http://a.example/pets';
const url = 'http://a.example/vs';
const pets = {
  resourceType: 'CodeSystem',
  status: 'active',
  content: 'complete',
  url: system,
  concept: [
    { code: 'dog', display: 'Dog', designation: [{ language: 'es', value: 'Perro' }] },
    { code: 'cat', display: 'Cat' },
    { code: 'bird', display: 'Bird', concept: [{ code: 'parrot', display: 'Parrot' }] },
  ],
};
const setOf = (compose: object) => ({ resourceType: 'ValueSet', status: 'active', id: 'vs', url, compose });

function offered(resources: readonly unknown[], language?: string): string {
  const load = { resources, ...(language === undefined ? {} : { language }) };
  const call = ask([pet({ answerValueSet: url })], { load });
  return call.step.kind === 'ask' ? call.step.prompt : '';
}

/** answerValueSet, wherever its codes are at hand. */
export const valueSetFeatures: Feature[] = [
  {
    name: 'answerValueSet, contained (compose)',
    of: 'R4',
    holds: () => {
      const concept = [
        { code: 'dog', display: 'Dog' },
        { code: 'cat', display: 'Cat' },
      ];
      const set = {
        ...setOf({ include: [{ system, concept }] }),
        resourceType: 'ValueSet' as const,
        status: 'active' as const,
      };
      const call = ask([pet({ answerValueSet: '#vs' })], { more: { contained: [set] } });
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Which pet? You can say Dog or Cat.');
      call.say('a cat');
      assert.deepEqual(answersOf(call), ['pet=cat']);
    },
  },
  {
    name: 'answerValueSet, contained (expansion)',
    of: 'R4',
    holds: () => {
      const contains = [{ system, code: 'dog', display: 'Dog' }];
      const set = {
        resourceType: 'ValueSet' as const,
        status: 'active' as const,
        id: 'vs',
        expansion: { timestamp: '2026', contains },
      };
      at(ask([pet({ answerValueSet: '#vs' })], { more: { contained: [set] } }), 'ask pet');
    },
  },
  {
    name: 'answerValueSet from a local terminology folder',
    of: 'R4',
    holds: () => {
      const whole = setOf({ include: [{ system }] });
      assert.equal(offered([whole, pets]), 'Which pet? You can say Dog, Cat, Bird, or Parrot.');
      const birds = setOf({
        include: [{ system, filter: [{ property: 'concept', op: 'is-a', value: 'bird' }] }],
      });
      assert.equal(offered([birds, pets]), 'Which pet? You can say Bird or Parrot.');
      const others = setOf({ include: [{ system }], exclude: [{ system, concept: [{ code: 'dog' }] }] });
      assert.equal(offered([others, pets]), 'Which pet? You can say Cat, Bird, or Parrot.');
      const imported = setOf({ include: [{ valueSet: ['http://a.example/birds'] }] });
      assert.equal(
        offered([imported, pets, { ...birds, id: 'b', url: 'http://a.example/birds' }]),
        'Which pet? You can say Bird or Parrot.',
      );
      assert.match(offered([whole, pets], 'es'), /Perro/);
    },
  },
  {
    name: 'a value set that cannot be listed: a fault where required, else a warning',
    of: 'R4',
    holds: () => {
      const load = (item: QuestionnaireItem, resources: unknown[] = []) =>
        loadQuestionnaire(questionnaireOf([item]), 't.json', { resources });
      assert.match(JSON.stringify(load(pet({ answerValueSet: url })).faults), /cannot be listed/);
      const partial = setOf({
        include: [
          { system: 'http://snomed.info/sct', filter: [{ property: 'concept', op: 'is-a', value: '1' }] },
        ],
      });
      assert.match(JSON.stringify(load(pet({ answerValueSet: url }), [partial]).faults), /cannot be listed/);
      const optional = load(pet({ answerValueSet: url, required: false }));
      assert.deepEqual(optional.faults, []);
      assert.match(JSON.stringify(optional.warnings), /cannot be listed/);
    },
  },
  {
    name: 'more than 30 options: asked openly and matched',
    of: 'R4',
    holds: () => {
      const names =
        'Alba Brod Cima Dorn Elos Fara Gind Hult Iona Jara Kelm Lund Mora Nero Olpe Pisa Quin Rosa Sora Tula Ulma Vara Wien Xant Yale Zola Arna Bera Cora Dara Esra'.split(
          ' ',
        );
      const answerOption = names.map((display) => ({
        valueCoding: { code: display.slice(0, 2) + display.length, display },
      }));
      const call = ask([{ ...pet({ answerOption }), text: 'Town of birth' }]);
      assert.equal(call.step.kind === 'ask' && call.step.prompt, 'Which town of birth?');
      call.say('I was born in Lund');
      at(call, 'complete');
    },
  },
];
