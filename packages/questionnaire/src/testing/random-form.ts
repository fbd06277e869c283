import type { ShortForm, ShortWhen } from '../definition/short-form/schema.ts';
import type { ShortItem } from '../definition/short-form/schema-item.ts';
import { type Draw, maybe, once, pick, several } from './draw.ts';
import { randomConditions, randomInitial, randomOptions, randomRules } from './random-parts.ts';
import { randomRedFlag, text, translated } from './random-texts.ts';

/** A module that random forms may name; it has to be among the resources when one is loaded. */
export const randomModule = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://vestibule.example/module',
  item: [
    { linkId: 'walks', text: 'Do you walk?', type: 'boolean' },
    {
      linkId: 'how-far',
      text: 'How far?',
      type: 'text',
      enableWhen: [{ question: 'walks', operator: '=', answerBoolean: true }],
    },
  ],
};

/** A value set for the same. */
export const randomValueSet = {
  resourceType: 'ValueSet',
  url: 'https://vestibule.example/colors',
  compose: {
    include: [
      {
        system: 'https://vestibule.example/color',
        concept: [
          { code: 'r', display: 'red' },
          { code: 'b', display: 'blue' },
        ],
      },
    ],
  },
};

/** A short form without faults, with any of what the short form has. */
export function randomForm(draw: Draw): ShortForm {
  const earlier: ShortItem[] = [];
  const items = several(draw, 6, () => randomItem(draw, earlier, 0));
  const identifiers = earlier.filter(({ identifier }) => identifier === true).length;
  return {
    id: 'random',
    title: text(draw),
    version: pick(draw, ['1.0.0', '1', 'true', 2]),
    url: 'https://vestibule.example/random',
    ...maybe(draw, 4, 'description', () => text(draw)),
    ...maybe(draw, 4, 'copyright', () => text(draw)),
    ...maybe(draw, 4, 'codes', () => [{ code: '1-2' }]),
    ...maybe(draw, 3, 'attempts', () => 1 + draw.below(4)),
    ...(identifiers > 0 && once(draw, 2) ? { identify: 1 + draw.below(Math.min(3, identifiers)) } : {}),
    ...maybe(draw, 3, 'launchContext', () => ['patient' as const]),
    ...maybe(draw, 3, 'variables', () => ({
      many: '%resource.descendants().answer.count()',
      few: '%many - 1',
    })),
    ...maybe(draw, 4, 'checks', () => [
      {
        must: '%resource.descendants().answer.count() < 90',
        say: text(draw),
        ...maybe(draw, 2, 'id', () => 'most'),
      },
    ]),
    ...translated(draw),
    items,
    ...maybe(draw, 2, 'redFlags', () =>
      several(draw, 3, (index) => ({
        ...randomRedFlag(draw),
        id: `flag-${index}`,
        ...whenOf(draw, earlier),
      })),
    ),
  };
}

function whenOf(draw: Draw, earlier: readonly ShortItem[]): { when?: ShortWhen } {
  const when = once(draw, 2) ? randomConditions(draw, earlier) : undefined;
  return when ? { when } : {};
}

const kinds = [
  'boolean',
  'boolean',
  'integer',
  'decimal',
  'date',
  'dateTime',
  'time',
  'string',
  'text',
  'url',
  'choice',
  'open-choice',
  'quantity',
  'group',
  'display',
  'module',
  'calculated',
] as const;

function randomItem(draw: Draw, earlier: ShortItem[], depth: number): ShortItem {
  const kind = pick(draw, kinds);
  const id = `${pick(draw, ['q', 'Q_', '/q.'])}${earlier.length + 1}`;
  if (kind === 'module') {
    const module: ShortItem = { id, module: randomModule.url, prefix: `${id}-` };
    earlier.push(module);
    return module;
  }
  const type = kind === 'calculated' ? 'integer' : kind;
  const base: ShortItem = { id, ask: text(draw), type };
  const when = randomConditions(draw, earlier);
  const item: ShortItem = {
    ...base,
    ...maybe(draw, 3, 'text', () => text(draw)),
    ...maybe(draw, 5, 'label', () => '1a.'),
    ...(when && once(draw, 3) ? { when } : {}),
    ...(once(draw, 8) ? { when: { expression: '%resource.descendants().answer.count() >= 0' } } : {}),
    ...maybe(draw, 4, 'hidden', () => once(draw, 4)),
    ...maybe(draw, 6, 'variables', () => ({ here: '%context.answer.value' })),
    ...(kind === 'calculated' ? { calculate: '%resource.descendants().answer.count()' } : {}),
  };
  earlier.push(item);
  const whole = { ...item, ...(kind === 'display' ? {} : questionParts(draw, item)) };
  earlier[earlier.indexOf(item)] = whole;
  const hasItems = depth < 2 && (kind === 'group' || (kind !== 'display' && once(draw, 6)));
  if (kind === 'group' && !hasItems) return { ...whole, type: 'display' };
  return hasItems ? { ...whole, items: several(draw, 3, () => randomItem(draw, earlier, depth + 1)) } : whole;
}

function questionParts(draw: Draw, item: ShortItem): Partial<ShortItem> {
  const isGroup = item.type === 'group';
  const repeats = maybe(draw, 4, 'repeats', () => pick(draw, [true, { max: 3 }, { min: 1, max: 2 }]));
  if (isGroup) return repeats;
  const options =
    item.type === 'choice' || item.type === 'open-choice' ? { options: randomOptions(draw, item) } : {};
  const formed: Partial<ShortItem> =
    item.type === 'string' && once(draw, 2)
      ? { form: pick(draw, ['free', 'name', 'phone', 'email', 'code', 'duration', 'address'] as const) }
      : {};
  return {
    ...options,
    ...formed,
    ...(item.calculate === undefined ? repeats : {}),
    ...maybe(draw, 2, 'required', () => true),
    ...maybe(draw, 8, 'readOnly', () => once(draw, 2)),
    ...maybe(draw, 3, 'askProxy', () => text(draw)),
    ...maybe(draw, 3, 'answeredBy', () => pick(draw, ['patient', 'proxy', 'any'] as const)),
    ...(item.type === 'boolean'
      ? maybe(draw, 4, 'caller', () => pick(draw, ['patient', 'proxy'] as const))
      : {}),
    ...maybe(draw, 4, 'identifier', () => true),
    ...maybe(draw, 4, 'hints', () => ({
      words: [text(draw)],
      ...maybe(draw, 2, 'expect', () => 'digits' as const),
    })),
    ...maybe(draw, 4, 'keypad', () => pick(draw, ['first', 'never'] as const)),
    ...maybe(draw, 3, 'patience', () => pick(draw, ['short', 'very-long', 700] as const)),
    ...maybe(draw, 4, 'retry', () => several(draw, 2, () => text(draw))),
    ...maybe(draw, 4, 'why', () => text(draw)),
    ...maybe(draw, 4, 'entryFormat', () => text(draw)),
    ...maybe(draw, 3, 'readBack', () => pick(draw, ['never', 'on-doubt', 'always'] as const)),
    ...maybe(draw, 4, 'sensitive', () => once(draw, 2)),
    ...maybe(draw, 5, 'codes', () => [{ system: 'http://loinc.org', code: '1-2', display: text(draw) }]),
    ...maybe(draw, 6, 'checks', () => [
      {
        must: 'answer.count() < 9',
        say: text(draw),
        ...maybe(draw, 2, 'level', () => 'warning' as const),
        ...translated(draw),
      },
    ]),
    ...randomRules(draw, item),
    ...randomInitial(draw, { ...item, ...options }),
    ...(item.type === 'boolean'
      ? maybe(draw, 4, 'redFlag', () => ({ ...randomRedFlag(draw), is: once(draw, 2) }))
      : {}),
    ...maybe(draw, 4, 'translations', () => ({
      es: pick(draw, [
        text(draw),
        { ask: text(draw) },
        { ask: text(draw), text: text(draw), why: text(draw) },
      ]),
      'pt-BR': { retry: [text(draw)] },
    })),
  };
}
