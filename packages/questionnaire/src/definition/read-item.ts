import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { sameValue } from '../engine/compare.ts';
import { prefixWords } from '../speak/speakable.ts';
import type { Item, ItemType, ReadBackPolicy, SpokenForm } from '../types.ts';
import { extensionOf, standard, textsOf, voice } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { itemLogic, type ReadScope } from './read-logic.ts';
import { inferForm } from './infer-form.ts';
import { readOption } from './read-options.ts';
import { readAnswer, readRules, readUnit, readUnits } from './read-values.ts';
import { codeIn, readListening, readProxy } from './read-voice.ts';
import { defaultRetries, promptOf } from './speakable.ts';

/** One item of the questionnaire, with what the voice profile says of it; undefined when it cannot be asked. */
export function readItem(source: QuestionnaireItem, path: string, findings: ReadScope): Item | undefined {
  const type = typeOf(source, path, findings);
  if (type === undefined) return undefined;
  const options = (source.answerOption ?? []).flatMap((option) => readOption(option) ?? []);
  const text = textOf(source);
  const { logic, scope } = itemLogic(source, path, findings);
  // Options that an expression decides on are read out as they stand when the question is put.
  const readOut = logic?.answers !== undefined || logic?.toggles.length ? [] : options;
  const named = [prefixWords(source.prefix, text), text].filter((part) => part !== '').join('. ');
  const prompt = promptOf({ text: named, spoken: textsOf(source, voice.prompt)[0], options: readOut });
  const form = codeIn<SpokenForm>(source, 'form') ?? inferForm(type, { linkId: source.linkId, text, prompt });
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
  ].map((value) => options.find((one) => sameValue(one.value, value))?.value ?? value);
  return {
    linkId: source.linkId,
    type,
    text,
    prompt,
    retries: own.length > 0 ? own : defaultRetries({ type, form, prompt, options, format }),
    ...readProxy(source, { type, form, options, format }),
    ...(why === undefined ? {} : { why }),
    required: source.required ?? false,
    repeats: source.repeats ?? false,
    ...occurs('minOccurs', extensionOf(source, standard.minOccurs)?.valueInteger),
    ...occurs('maxOccurs', extensionOf(source, standard.maxOccurs)?.valueInteger),
    readOnly,
    hidden,
    form,
    readBack: codeIn<ReadBackPolicy>(source, 'readBack') ?? defaultReadBack(type, form),
    sensitive: extensionOf(source, voice.sensitive)?.valueBoolean ?? false,
    ...readListening(source, { type, form, options }),
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

function describedAs(source: QuestionnaireItem): Pick<Item, 'described'> {
  const { type } = source;
  if (isListed(source)) return {};
  return type === 'attachment' || type === 'reference' || type === 'url' ? { described: type } : {};
}

function occurs<K extends string>(name: K, count: number | undefined): Partial<Record<K, number>> {
  return count === undefined ? {} : ({ [name]: count } as Record<K, number>);
}

/** References to choose from, which have names to say. */
function isListed({ type, answerOption }: QuestionnaireItem): boolean {
  return type === 'reference' && answerOption !== undefined;
}

/** Attachments and references cannot be given by voice: they are described. A required attachment is a fault. */
function typeOf(source: QuestionnaireItem, path: string, findings: Findings): ItemType | undefined {
  switch (source.type) {
    case 'attachment':
    case 'reference': {
      if (isListed(source)) return 'choice';
      const article = source.type === 'attachment' ? 'an' : 'a';
      const finding = {
        path: `${path}.type`,
        message: `${article} ${source.type} cannot be given by telephone`,
      };
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
