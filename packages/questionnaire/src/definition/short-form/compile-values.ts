import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4.d.ts';
import { fullOption, optionCode, optionValue } from './compile-options.ts';
import { type CompileScope, listed, typeOf } from './compile-scope.ts';
import type { ShortWhen } from './schema.ts';
import type { ShortItem } from './schema-item.ts';
import type { ShortComparison, ShortValue } from './schema-parts.ts';

export type Answer = Partial<Omit<QuestionnaireItemEnableWhen, 'question' | 'operator'>>;

const operators = { is: '=', isNot: '!=', above: '>', atLeast: '>=', below: '<', atMost: '<=' } as const;
export const comparisonWords = Object.fromEntries(
  Object.entries(operators).map(([word, operator]) => [operator, word]),
) as Readonly<Record<string, keyof typeof operators>>;

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
export function answerOf(question: string, value: ShortValue, path: string, scope: CompileScope): Answer {
  if (typeof value === 'object') return { answerCoding: { ...value } };
  const item = scope.items.get(question);
  // An unknown item is found and reported with all other links when the compiled form is read.
  if (!item) return { answerString: String(value) };
  const wrong = (message: string, remedy: string): Answer => {
    scope.faults.push({ path, message, remedy });
    return {};
  };
  const type = typeOf(item);
  switch (type) {
    case 'boolean': {
      const truth = yesOrNo(value);
      if (truth !== undefined) return { answerBoolean: truth };
      return wrong(`"${question}" is a yes or no question`, 'Compare with yes or no');
    }
    case 'integer':
    case 'decimal':
    case 'quantity':
      if (typeof value !== 'number') return wrong('is not a number', 'Write a number');
      if (type === 'integer') return { answerInteger: value };
      if (type === 'decimal') return { answerDecimal: value };
      return { answerQuantity: { value, ...unitCode(item) } };
    case 'date':
      return { answerDate: String(value) };
    case 'dateTime':
      return { answerDateTime: String(value) };
    case 'time':
      return { answerTime: String(value) };
    case 'choice':
    case 'open-choice':
      return choiceOf(item, String(value), scope) ?? wrong(...notAnOption(item, value));
    case 'group':
    case 'display':
      return wrong(`"${question}" has no answer`, 'Name a question');
    default:
      return { answerString: String(value) };
  }
}

export function unitCode({ unit }: ShortItem): { code?: string } {
  const code = typeof unit === 'object' ? unit.code : unit;
  return code === undefined ? {} : { code };
}

function choiceOf(item: ShortItem, value: string, scope: CompileScope): Answer | undefined {
  const option = listed(item).find((one) => optionCode(one) === value || fullOption(one).say === value);
  if (option === undefined) return undefined;
  const { valueCoding, ...plain } = optionValue(option, item, scope);
  if (valueCoding) return { answerCoding: { system: valueCoding.system, code: valueCoding.code } };
  return asAnswer(plain);
}

function notAnOption(item: ShortItem, value: unknown): [message: string, remedy: string] {
  const options = listed(item);
  if (options.length === 0)
    return [`the options of "${item.id}" are not listed here`, 'Write { code: …, system: … }'];
  return [
    `"${String(value)}" is not an option of "${item.id}"`,
    `One of: ${options.map((one) => optionCode(one)).join(', ')}`,
  ];
}

function asAnswer(value: object): Answer {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]): [string, unknown] => [name.replace('value', 'answer'), one]),
  );
}

export function yesOrNo(value: string | number | boolean): boolean | undefined {
  if (value === true || value === 'yes' || value === 'true') return true;
  if (value === false || value === 'no' || value === 'false') return false;
  return undefined;
}

/** `initial` as FHIR's initial[]; its value[x] is the enableWhen answer[x] of the same type. */
export function compileInitial(
  item: ShortItem,
  path: string,
  scope: CompileScope,
): Pick<QuestionnaireItem, 'initial'> {
  const { initial } = item;
  if (initial === undefined || isExpression(initial)) return {};
  const values = Array.isArray(initial) ? initial : [initial];
  return {
    initial: values.map((value) => {
      const answer = answerOf(item.id, value, `${path}.initial`, scope);
      if (typeOf(item) === 'url' && answer.answerString !== undefined)
        return { valueUri: answer.answerString };
      return Object.fromEntries(
        Object.entries(answer).map(([key, one]): [string, unknown] => [key.replace('answer', 'value'), one]),
      );
    }),
  };
}

export function isExpression(given: unknown): given is { expression: string } {
  return typeof given === 'object' && given !== null && 'expression' in given;
}
