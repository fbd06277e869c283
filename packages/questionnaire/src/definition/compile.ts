import type {
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireItemEnableWhen,
} from 'fhir/r4.d.ts';
import type { Fault } from '@vestibule/core';
import { standard, voice } from './extensions.ts';
import { compileInitial, compileRules } from './compile-rules.ts';
import { compileItemRedFlag, compileRedFlag } from './compile-red-flags.ts';
import type { ShortComparison, ShortForm, ShortItem, ShortWhen } from './yaml-schema.ts';

/** What compiling one item needs to know of the others. */
export interface CompileScope {
  url: string;
  items: ReadonlyMap<string, ShortItem>;
  faults: Fault[];
}

/** The YAML short form as a FHIR Questionnaire with the voice profile's extensions. */
export function compileShortForm(form: ShortForm): { questionnaire: Questionnaire; faults: Fault[] } {
  const items = new Map(flatten(form.items).map((item) => [item.id, item]));
  const scope: CompileScope = { url: form.url, items, faults: [] };
  const extension: Extension[] = [
    ...(form.attempts === undefined ? [] : [{ url: voice.attempts, valueInteger: form.attempts }]),
    ...(form.redFlags ?? []).map((flag, index) => compileRedFlag(flag, `redFlags[${index}]`, scope)),
  ];
  const questionnaire: Questionnaire = {
    resourceType: 'Questionnaire',
    id: form.id,
    url: form.url,
    version: String(form.version),
    title: form.title,
    status: 'active',
    subjectType: ['Patient'],
    ...(extension.length > 0 ? { extension } : {}),
    item: form.items.map((item, index) => compileItem(item, `items[${index}]`, scope)),
  };
  return { questionnaire, faults: scope.faults };
}

/** The FHIR type of a short item: what it says, else group when it has items and no question, else text. */
export function typeOf(item: ShortItem): NonNullable<ShortItem['type']> {
  if (item.type) return item.type;
  if (item.options) return 'choice';
  if (item.form === 'partial-date') return 'date';
  if (item.form && item.form !== 'free') return 'string';
  return item.items ? 'group' : 'text';
}

/** Code of an option: as written, or its words joined by hyphens. */
export function optionCode(option: NonNullable<ShortItem['options']>[number]): string {
  const { code, say } = typeof option === 'string' ? { say: option } : option;
  return (
    code ??
    say
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
  );
}

function compileItem(item: ShortItem, path: string, scope: CompileScope): QuestionnaireItem {
  const text = item.text ?? item.ask;
  if (text === undefined && typeOf(item) !== 'group') {
    scope.faults.push({ path: `${path}.ask`, message: 'nothing to say', remedy: 'Give the item an ask' });
  }
  const extension = [
    ...voiceExtensions(item),
    ...compileRules(item, path, scope),
    ...compileItemRedFlag(item, path, scope),
  ];
  return {
    linkId: item.id,
    ...(text === undefined ? {} : { text }),
    type: typeOf(item),
    ...(extension.length > 0 ? { extension } : {}),
    ...(item.required ? { required: true } : {}),
    ...(item.repeats ? { repeats: true } : {}),
    ...(item.validate?.maxLength === undefined ? {} : { maxLength: item.validate.maxLength }),
    ...(item.options
      ? { answerOption: item.options.map((option) => compileOption(option, item, scope)) }
      : {}),
    ...(item.when ? compileWhen(item.when, `${path}.when`, scope) : {}),
    ...(item.initial === undefined ? {} : compileInitial(item, path, scope)),
    ...(item.items
      ? { item: item.items.map((child, index) => compileItem(child, `${path}.items[${index}]`, scope)) }
      : {}),
  };
}

function voiceExtensions(item: ShortItem): Extension[] {
  // `ask` is said as it stands; without the extension, options that it does not name would be read out after it.
  const spoken = item.ask !== undefined && (item.text !== undefined || item.options !== undefined);
  return [
    ...(spoken ? [{ url: voice.prompt, valueString: item.ask }] : []),
    ...(item.retry ?? []).map((valueString) => ({ url: voice.retry, valueString })),
    ...(item.why === undefined ? [] : [{ url: voice.why, valueString: item.why }]),
    ...(item.form === undefined ? [] : [{ url: voice.form, valueCode: item.form }]),
    ...(item.readBack === undefined ? [] : [{ url: voice.readBack, valueCode: item.readBack }]),
    ...(item.sensitive === undefined ? [] : [{ url: voice.sensitive, valueBoolean: item.sensitive }]),
  ];
}

function compileOption(
  option: NonNullable<ShortItem['options']>[number],
  item: ShortItem,
  scope: CompileScope,
): QuestionnaireItemAnswerOption {
  const full = typeof option === 'string' ? { say: option } : option;
  const synonyms = (full.also ?? []).map((valueString) => ({ url: voice.synonym, valueString }));
  return {
    ...(synonyms.length > 0 ? { extension: synonyms } : {}),
    valueCoding: {
      system: full.system ?? `${scope.url}/options/${item.id}`,
      code: optionCode(option),
      display: full.say,
      ...(full.score === undefined
        ? {}
        : { extension: [{ url: standard.ordinalValue, valueDecimal: full.score }] }),
    },
  };
}

const operators = { is: '=', isNot: '!=', above: '>', atLeast: '>=', below: '<', atMost: '<=' } as const;

/** `when` as FHIR's enableWhen and enableBehavior. */
export function compileWhen(
  when: ShortWhen,
  path: string,
  scope: CompileScope,
): { enableWhen: QuestionnaireItemEnableWhen[]; enableBehavior?: 'all' | 'any' } {
  if ('any' in when) {
    return {
      enableWhen: when.any.map((one, index) => compare(one, `${path}.any[${index}]`, scope)),
      enableBehavior: 'any',
    };
  }
  if ('all' in when) {
    return {
      enableWhen: when.all.map((one, index) => compare(one, `${path}.all[${index}]`, scope)),
      enableBehavior: 'all',
    };
  }
  return { enableWhen: [compare(when, path, scope)] };
}

function compare(
  comparison: ShortComparison,
  path: string,
  scope: CompileScope,
): QuestionnaireItemEnableWhen {
  const question = comparison.item;
  if (comparison.answered !== undefined) {
    return { question, operator: 'exists', answerBoolean: comparison.answered };
  }
  const [word, operator] = Object.entries(operators).find(
    ([key]) => comparison[key as keyof typeof operators] !== undefined,
  )! as [keyof typeof operators, (typeof operators)[keyof typeof operators]];
  const answer = answerOf(question, comparison[word]!, `${path}.${word}`, scope);
  return { question, operator, ...answer };
}

/** The enableWhen answer[x] for a plain YAML value, typed as the item it is compared with. */
export function answerOf(
  question: string,
  value: string | number | boolean,
  path: string,
  scope: CompileScope,
): Partial<QuestionnaireItemEnableWhen> {
  const item = scope.items.get(question);
  // An unknown item is found and reported with all other links when the compiled form is read.
  if (!item) return { answerString: String(value) };
  const wrong = (message: string, remedy: string): Partial<QuestionnaireItemEnableWhen> => {
    scope.faults.push({ path, message, remedy });
    return {};
  };
  switch (typeOf(item)) {
    case 'boolean': {
      const truth = yesOrNo(value);
      return truth === undefined
        ? wrong(`"${question}" is a yes or no question`, 'Compare with yes or no')
        : { answerBoolean: truth };
    }
    case 'integer':
      return typeof value === 'number'
        ? { answerInteger: value }
        : wrong('is not a number', 'Write a number');
    case 'decimal':
      return typeof value === 'number'
        ? { answerDecimal: value }
        : wrong('is not a number', 'Write a number');
    case 'quantity':
      return typeof value === 'number'
        ? { answerQuantity: { value, ...(item.unit ? { code: item.unit } : {}) } }
        : wrong('is not a number', 'Write a number');
    case 'date':
      return { answerDate: String(value) };
    case 'dateTime':
      return { answerDateTime: String(value) };
    case 'time':
      return { answerTime: String(value) };
    case 'choice':
    case 'open-choice': {
      const options = item.options ?? [];
      const option = options.find((one) => optionCode(one) === String(value) || sayOf(one) === String(value));
      if (option === undefined) {
        return wrong(
          `"${String(value)}" is not an option of "${question}"`,
          `One of: ${options.map((one) => optionCode(one)).join(', ')}`,
        );
      }
      const { system, code } = compileOption(option, item, scope).valueCoding!;
      return { answerCoding: { system, code } };
    }
    case 'group':
    case 'display':
      return wrong(`"${question}" has no answer`, 'Name a question');
    default:
      return { answerString: String(value) };
  }
}

export function yesOrNo(value: string | number | boolean): boolean | undefined {
  if (value === true || value === 'yes' || value === 'true') return true;
  if (value === false || value === 'no' || value === 'false') return false;
  return undefined;
}

function sayOf(option: NonNullable<ShortItem['options']>[number]): string {
  return typeof option === 'string' ? option : option.say;
}

function flatten(items: readonly ShortItem[]): ShortItem[] {
  return items.flatMap((item) => [item, ...flatten(item.items ?? [])]);
}
