import { fullOption, optionCode } from '../definition/short-form/compile-options.ts';
import type { ShortWhen } from '../definition/short-form/schema.ts';
import type { ShortItem } from '../definition/short-form/schema-item.ts';
import type { FullOption, ShortOption } from '../definition/short-form/schema-options.ts';
import type { ShortComparison } from '../definition/short-form/schema-parts.ts';
import { type Draw, maybe, once, pick, several } from './draw.ts';
import { randomValueSet } from './random-form.ts';
import { text, translated } from './random-texts.ts';

type Scalar = string | number | boolean;

export function randomOptions(draw: Draw, { type }: ShortItem): NonNullable<ShortItem['options']> {
  if (type === 'choice' && once(draw, 6)) return { valueSet: randomValueSet.url };
  if (type === 'choice' && once(draw, 8)) return { expression: "%resource.repeat(item).linkId | 'other'" };
  const keyed = once(draw, 3);
  const system = maybe(draw, 4, 'system', () => 'http://loinc.org');
  return several(draw, 4, (index): ShortOption => {
    if (!keyed && once(draw, 5)) return pick(draw, [index + 1, `option ${index}`]);
    const what: FullOption = pick(draw, [
      { say: `option ${index}`, ...system },
      { code: `c${index}`, say: `${index} ${text(draw)}`, ...system },
      { value: pick(draw, [100 + index, `text ${index}`]) },
      { say: `Doctor ${index}`, reference: `Practitioner/${index}` },
    ]);
    return {
      ...what,
      ...(keyed ? { key: String(9 - index) } : {}),
      ...maybe(draw, 3, 'also', () => [text(draw), 'another']),
      ...maybe(draw, 3, 'score', () => index / 2),
      ...maybe(draw, 5, 'exclusive', () => once(draw, 2)),
      ...maybe(draw, 4, 'caller', () => pick(draw, ['patient', 'proxy'] as const)),
      ...(what.value === undefined ? translated(draw) : {}),
      ...(what.reference === undefined
        ? maybe(draw, 6, 'when', () => ({ expression: pick(draw, ['true', '%resource.item.exists()']) }))
        : {}),
    };
  });
}

export function randomRules(draw: Draw, { type }: ShortItem): Partial<ShortItem> {
  const rules = (validate: NonNullable<ShortItem['validate']>) => (once(draw, 2) ? { validate } : {});
  const worked = { expression: '%resource.item.count()' };
  switch (type) {
    case 'integer':
      return rules({
        ...maybe(draw, 2, 'min', () => 0),
        ...maybe(draw, 2, 'max', () => pick(draw, [90, worked])),
      });
    case 'decimal':
      return rules({ max: 99.5, ...maybe(draw, 2, 'decimals', () => 1) });
    case 'quantity':
      return {
        ...maybe(draw, 2, 'unit', () => pick(draw, ['kg', { code: 'wk', say: 'weeks' }, { say: 'bags' }])),
        ...maybe(draw, 3, 'units', () => ['kg', { code: '[lb_av]', say: 'pounds' }]),
        ...rules({ max: pick(draw, [300, worked]) }),
      };
    case 'date':
      return {
        ...maybe(draw, 4, 'form', () => 'partial-date' as const),
        ...rules(
          pick(draw, [
            { past: true, min: 'today - 120 years' },
            { future: true },
            { min: '2000-01-01' },
            { max: { expression: 'today()' } },
          ]),
        ),
      };
    case 'dateTime':
      return rules(pick(draw, [{ min: 'today - 2 weeks' }, { max: '2030-01-01T00:00:00' }]));
    case 'time':
      return rules({ min: '08:00:00' });
    case 'string':
    case 'text':
      return rules({ maxLength: 60, ...maybe(draw, 2, 'pattern', () => '.{0,99}') });
    default:
      return {};
  }
}

/** A value that the item may have; undefined of those that have none, or whose values are not listed. */
function valueOf(draw: Draw, item: ShortItem): Scalar | undefined {
  switch (item.type) {
    case 'boolean':
      return pick(draw, [true, false, 'yes', 'no']);
    case 'integer':
      return 1 + draw.below(20);
    case 'decimal':
    case 'quantity':
      return 0.5 + draw.below(20);
    case 'date':
      return pick(draw, ['2020-02-29', '2021-01-01']);
    case 'dateTime':
      return '2026-11-20T10:00:00';
    case 'time':
      return '09:30:00';
    case 'string':
    case 'text':
      return 'some words';
    case 'choice':
    case 'open-choice': {
      if (!Array.isArray(item.options)) return undefined;
      const option = fullOption(pick(draw, item.options));
      return pick(draw, [optionCode(option), String(option.say ?? option.value)]);
    }
    default:
      return undefined;
  }
}

function comparison(draw: Draw, earlier: readonly ShortItem[]): ShortComparison | undefined {
  const item = pick(draw, earlier);
  const known =
    ['group', 'display'].includes(item.type ?? '') || item.module !== undefined
      ? undefined
      : valueOf(draw, item);
  if (item.type === undefined || item.type === 'group' || item.type === 'display') return undefined;
  if (known === undefined || once(draw, 4)) return { item: item.id, answered: true };
  const isOrdered = ['integer', 'decimal', 'quantity', 'date', 'time'].includes(item.type);
  const word = pick(
    draw,
    isOrdered ? (['above', 'atLeast', 'below', 'atMost', 'is'] as const) : (['is', 'isNot'] as const),
  );
  return { item: item.id, [word]: known };
}

export function randomConditions(draw: Draw, earlier: readonly ShortItem[]): ShortWhen | undefined {
  if (earlier.length === 0) return undefined;
  const found = several(draw, 2, () => comparison(draw, earlier)).filter((one) => one !== undefined);
  const [first, second] = found;
  if (first === undefined) return undefined;
  return second === undefined
    ? pick(draw, [first, { all: [first] }])
    : pick(draw, [{ any: found }, { all: [first] }]);
}

export function randomInitial(draw: Draw, item: ShortItem): Partial<ShortItem> {
  if (item.calculate !== undefined || !once(draw, 4)) return {};
  if (item.type === 'date' && once(draw, 2)) return { initial: { expression: '%patient.birthDate' } };
  const initial = valueOf(draw, item);
  return initial === undefined ? {} : { initial };
}
