import type { QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import type { AnswerOption, Item, ItemType, ReadBackPolicy, SpokenForm } from '../types.ts';
import { displayOf } from '../speak/display-of.ts';
import { extensionOf, standard, textsOf, voice } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { itemLogic, type ReadScope } from './read-logic.ts';
import { inferForm } from './infer-form.ts';
import { readAnswer, readRules, readUnit, readUnits } from './read-values.ts';
import { defaultRetries, promptOf } from './speakable.ts';

const forms: readonly SpokenForm[] = [
  'free',
  'name',
  'phone',
  'email',
  'code',
  'duration',
  'address',
  'partial-date',
];
const policies: readonly ReadBackPolicy[] = ['never', 'on-doubt', 'always'];

/** One item of the questionnaire, with what the voice profile says of it; undefined when it cannot be asked. */
export function readItem(source: QuestionnaireItem, path: string, findings: ReadScope): Item | undefined {
  const type = typeOf(source, path, findings);
  if (type === undefined) return undefined;
  const options = (source.answerOption ?? []).flatMap((option) => readOption(option) ?? []);
  const text = textOf(source);
  const { logic, scope } = itemLogic(source, path, findings);
  // Options that an expression decides on are read out as they stand when the question is put.
  const readOut = logic?.answers !== undefined || logic?.toggles.length ? [] : options;
  const prompt = promptOf({ text, spoken: textsOf(source, voice.prompt)[0], options: readOut });
  const form =
    oneOf(forms, textsOf(source, voice.form)[0]) ?? inferForm(type, { linkId: source.linkId, text, prompt });
  const own = textsOf(source, voice.retry);
  const format = textsOf(source, standard.entryFormat)[0];
  const why = textsOf(source, voice.why)[0];
  const hidden = findings.hidden === true || isHidden(source, prompt);
  const readOnly = findings.readOnly === true || (source.readOnly ?? false);
  const inner = {
    ...scope,
    hidden: hidden && source.type === 'group',
    readOnly: readOnly && source.type === 'group',
  };
  const units = readUnits(source);
  const unit = readUnit(source) ?? (units.length === 1 ? units[0] : undefined);
  const initial = [
    ...(source.initial ?? []).flatMap((one) => readAnswer(one, 'value') ?? []),
    ...(source.answerOption ?? []).flatMap((one) =>
      one.initialSelected ? (readOption(one)?.value ?? []) : [],
    ),
  ];
  return {
    linkId: source.linkId,
    type,
    text,
    prompt,
    retries: own.length > 0 ? own : defaultRetries({ type, form, prompt, options, format }),
    ...(why === undefined ? {} : { why }),
    required: source.required ?? false,
    repeats: source.repeats ?? false,
    ...occurs('minOccurs', extensionOf(source, standard.minOccurs)?.valueInteger),
    ...occurs('maxOccurs', extensionOf(source, standard.maxOccurs)?.valueInteger),
    readOnly,
    hidden,
    form,
    readBack: oneOf(policies, textsOf(source, voice.readBack)[0]) ?? defaultReadBack(type, form),
    sensitive: extensionOf(source, voice.sensitive)?.valueBoolean ?? false,
    options,
    enableWhen: (source.enableWhen ?? []).map((condition) => ({
      linkId: condition.question,
      operator: condition.operator,
      answer: readAnswer(condition, 'answer') ?? true,
    })),
    enableBehavior: source.enableBehavior ?? 'all',
    initial,
    rules: readRules(source, path, findings),
    ...(unit === undefined ? {} : { unit }),
    ...(units.length > 0 ? { units } : {}),
    ...describedAs(source),
    ...(logic ? { logic } : {}),
    items: (source.item ?? []).flatMap(
      (child, index) => readItem(child, `${path}.item[${index}]`, inner) ?? [],
    ),
  };
}

function describedAs({ type }: QuestionnaireItem): Pick<Item, 'described'> {
  return type === 'attachment' || type === 'reference' || type === 'url' ? { described: type } : {};
}

function occurs<K extends string>(name: K, count: number | undefined): Partial<Record<K, number>> {
  return count === undefined ? {} : ({ [name]: count } as Record<K, number>);
}

/** Attachments and references cannot be given by voice: they are described. A required attachment is a fault. */
function typeOf(source: QuestionnaireItem, path: string, findings: Findings): ItemType | undefined {
  switch (source.type) {
    case 'attachment':
    case 'reference': {
      const finding = { path: `${path}.type`, message: `a ${source.type} cannot be given by telephone` };
      // The words for a reference ("Doctor Lee") will do to find what is meant; those for a picture will not.
      if (source.required && source.type === 'attachment')
        findings.faults.push({ ...finding, remedy: 'Make it optional, or ask for a description' });
      else findings.warnings.push({ ...finding, remedy: 'It is asked for in words, and marked' });
      return 'text';
    }
    case 'question':
      findings.faults.push({
        path: `${path}.type`,
        message: 'the abstract type question',
        remedy: 'Name a type of answer',
      });
      return undefined;
    case 'url':
      findings.warnings.push({ path: `${path}.type`, message: 'a url is taken as free text' });
      return 'string';
    default:
      return source.type;
  }
}

function readOption(option: QuestionnaireItemAnswerOption): AnswerOption | undefined {
  const synonyms = textsOf(option, voice.synonym);
  const alone =
    extensionOf(option, standard.optionExclusive) ??
    extensionOf(option.valueCoding, standard.optionExclusive);
  const exclusive = alone?.valueBoolean === true ? { exclusive: true as const } : {};
  const coding = option.valueCoding;
  const score =
    extensionOf(option, standard.ordinalValue) ??
    extensionOf(option, standard.ordinalValueR5) ??
    extensionOf(coding, standard.ordinalValue) ??
    extensionOf(coding, standard.ordinalValueR5);
  const ordinal = score?.valueDecimal === undefined ? {} : { ordinal: score.valueDecimal };
  if (coding) {
    const code = coding.code ?? coding.display ?? '';
    const display = coding.display ?? code;
    const value = { ...(coding.system === undefined ? {} : { system: coding.system }), code, display };
    return { code, display, synonyms, value, kind: 'coding', ...ordinal, ...exclusive };
  }
  const plain = { synonyms, ...ordinal, ...exclusive };
  if (option.valueString !== undefined) {
    return {
      code: option.valueString,
      display: option.valueString,
      value: option.valueString,
      kind: 'string',
      ...plain,
    };
  }
  if (option.valueInteger !== undefined) {
    const text = String(option.valueInteger);
    return { code: text, display: text, value: option.valueInteger, kind: 'integer', ...plain };
  }
  if (option.valueDate !== undefined) {
    return {
      code: option.valueDate,
      display: displayOf([option.valueDate], { type: 'date', form: 'free' }),
      value: option.valueDate,
      kind: 'date',
      ...plain,
    };
  }
  if (option.valueTime !== undefined) {
    return {
      code: option.valueTime,
      display: displayOf([option.valueTime], { type: 'time', form: 'free' }),
      value: option.valueTime,
      kind: 'time',
      ...plain,
    };
  }
  return undefined;
}

/** An item without a text is asked for by its code, else by its link where that is made of words (`dateOfBirth`). */
function textOf({ text, code, linkId, type }: QuestionnaireItem): string {
  const named = text ?? code?.find(({ display }) => display !== undefined)?.display;
  if (named !== undefined || type === 'group' || type === 'display') return named ?? '';
  const words = linkId
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_./]+/g, ' ')
    .trim();
  return /^\p{L}{3,}(?: \p{L}+)*$/u.test(words) ? words : '';
}

/** What may not be answered (maxOccurs 0), or cannot be said at all, is left out of the call as what is hidden is. */
function isHidden(source: QuestionnaireItem, prompt: string): boolean {
  if (extensionOf(source, standard.hidden)?.valueBoolean || isForScreens(source)) return true;
  if (extensionOf(source, standard.maxOccurs)?.valueInteger === 0) return true;
  return prompt === '' && source.type !== 'group' && source.required !== true;
}

/** Help texts, units and ends of scales stand beside a field; said aloud they would be in the way. */
function isForScreens(source: QuestionnaireItem): boolean {
  const control = extensionOf(source, standard.itemControl)?.valueCodeableConcept?.coding?.[0]?.code ?? '';
  return source.type === 'display' && /^(help|flyover|unit|lower|upper)$/.test(control);
}

/** Read back by risk: what is often misheard and matters when wrong; never what is plain or long. */
function defaultReadBack(type: ItemType, form: SpokenForm): ReadBackPolicy {
  if (form === 'phone' || form === 'email') return 'always';
  switch (type) {
    case 'date':
    case 'dateTime':
    case 'time':
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'string':
      return 'on-doubt';
    default:
      return 'never';
  }
}

function oneOf<T extends string>(allowed: readonly T[], value: string | undefined): T | undefined {
  return allowed.find((one) => one === value);
}
