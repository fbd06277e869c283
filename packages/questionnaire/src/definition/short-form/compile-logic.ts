import type { Extension } from 'fhir/r4.d.ts';
import { logical, standard, subQuestionnaire } from '../extensions.ts';
import { fhirPathAt, type Keyed, textValue } from './compile-scope.ts';
import { isExpression } from './compile-values.ts';
import { launchTypes, type ShortForm } from './schema.ts';
import type { ShortItem } from './schema-item.ts';
import type { ShortCheck } from './schema-parts.ts';

const launchSystem = 'http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext';

/** What a questionnaire looks up, works out and checks as a whole. */
export function formLogic({ id, launchContext = [], variables, checks }: ShortForm): Keyed[] {
  return [
    ...launchContext.map((code): Keyed => [
      'launchContext',
      {
        url: logical.launch[0],
        extension: [
          { url: 'name', valueCoding: { system: launchSystem, code } },
          { url: 'type', valueCode: launchTypes[code] },
        ],
      },
    ]),
    ...variableExtensions(variables),
    ...checkExtensions(id, checks),
  ];
}

/** The expressions of one item, and how often it is answered. */
export function itemLogic(item: ShortItem): Keyed[] {
  const { id, when, calculate, initial, repeats, variables, checks, module, prefix, hidden } = item;
  const flag = (key: string, extension: Extension | false | undefined): Keyed[] =>
    extension ? [[key, extension]] : [];
  return [
    ...flag('module', module !== undefined && { url: subQuestionnaire, valueCanonical: module }),
    ...flag(
      'prefix',
      module !== undefined && prefix !== undefined && variable('linkIdPrefix', `'${prefix}'`),
    ),
    ...variableExtensions(variables),
    ...flag(
      'when',
      when !== undefined && isExpression(when) && fhirPathAt(logical.enableWhen[0], when.expression),
    ),
    ...flag('calculate', calculate !== undefined && fhirPathAt(logical.calculated[0], calculate)),
    ...flag('initial', isExpression(initial) && fhirPathAt(logical.initial[0], initial.expression)),
    ...checkExtensions(id, checks),
    ...(typeof repeats === 'object' ? occurs(repeats) : []),
    ...flag('hidden', hidden === true && { url: standard.hidden, valueBoolean: true }),
  ];
}

function occurs({ min, max }: { min?: number | undefined; max?: number | undefined }): Keyed[] {
  return [
    ...(min === undefined ? [] : [['repeats.min', { url: standard.minOccurs, valueInteger: min }] as const]),
    ...(max === undefined ? [] : [['repeats.max', { url: standard.maxOccurs, valueInteger: max }] as const]),
  ];
}

function variableExtensions(variables: ShortItem['variables'] = {}): Keyed[] {
  return Object.entries(variables).map(([name, expression]) => [
    `variables.${name}`,
    variable(name, expression),
  ]);
}

function variable(name: string, expression: string): Extension {
  return { url: logical.variable[0], valueExpression: { name, language: 'text/fhirpath', expression } };
}

/** The name of a check that has none of its own. */
export function checkId(owner: string, index: number): string {
  return `${owner.replace(/[^A-Za-z0-9.-]/g, '-').slice(-60)}-${index + 1}`;
}

function checkExtensions(owner: string, checks: readonly ShortCheck[] = []): Keyed[] {
  return checks.map(({ id, level = 'error', say, must, translations }, index) => [
    `checks[${index}]`,
    {
      url: logical.constraint[0],
      extension: [
        { url: 'key', valueId: id ?? checkId(owner, index) },
        { url: 'severity', valueCode: level },
        textValue('human', say, translations),
        { url: 'expression', valueString: must },
      ],
    },
  ]);
}
