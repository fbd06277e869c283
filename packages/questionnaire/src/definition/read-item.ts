import type { QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import type { AnswerOption, Item, ItemType, ReadBackPolicy, SpokenForm } from '../types.ts';
import { extensionOf, standard, textsOf, voice } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { inferForm } from './infer-form.ts';
import { readAnswer, readRules, readUnit } from './read-values.ts';
import { defaultRetries, promptOf } from './speakable.ts';

const forms: readonly SpokenForm[] = ['free', 'name', 'phone', 'email', 'code'];
const policies: readonly ReadBackPolicy[] = ['never', 'on-doubt', 'always'];

/** One item of the questionnaire, with what the voice profile says of it; undefined when it cannot be asked. */
export function readItem(source: QuestionnaireItem, path: string, findings: Findings): Item | undefined {
  const type = typeOf(source, path, findings);
  if (type === undefined) return undefined;
  const options = (source.answerOption ?? []).flatMap((option) => readOption(option) ?? []);
  const text = source.text ?? source.code?.[0]?.display ?? '';
  const prompt = promptOf({ text, spoken: textsOf(source, voice.prompt)[0], options });
  const form =
    oneOf(forms, textsOf(source, voice.form)[0]) ?? inferForm(type, { linkId: source.linkId, text, prompt });
  const own = textsOf(source, voice.retry);
  const why = textsOf(source, voice.why)[0];
  const unit = readUnit(source);
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
    retries: own.length > 0 ? own : defaultRetries({ type, form, prompt, options }),
    ...(why === undefined ? {} : { why }),
    required: source.required ?? false,
    repeats: source.repeats ?? false,
    readOnly: source.readOnly ?? false,
    hidden: (extensionOf(source, standard.hidden)?.valueBoolean ?? false) || isForScreens(source),
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
    items: (source.item ?? []).flatMap(
      (child, index) => readItem(child, `${path}.item[${index}]`, findings) ?? [],
    ),
  };
}

/** Attachments and references cannot be given by voice: a required one is a fault, another is left out and listed. */
function typeOf(source: QuestionnaireItem, path: string, findings: Findings): ItemType | undefined {
  switch (source.type) {
    case 'attachment':
    case 'reference': {
      const finding = { path: `${path}.type`, message: `a ${source.type} cannot be given by telephone` };
      if (source.required)
        findings.faults.push({ ...finding, remedy: 'Make it optional, or ask for a description' });
      else findings.warnings.push({ ...finding, remedy: 'It is left out' });
      return undefined;
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
    return { code, display, synonyms, value, kind: 'coding', ...ordinal };
  }
  const plain = { synonyms, ...ordinal };
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
      display: option.valueDate,
      value: option.valueDate,
      kind: 'date',
      ...plain,
    };
  }
  if (option.valueTime !== undefined) {
    return {
      code: option.valueTime,
      display: option.valueTime,
      value: option.valueTime,
      kind: 'time',
      ...plain,
    };
  }
  return undefined;
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
