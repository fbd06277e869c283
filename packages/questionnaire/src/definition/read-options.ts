import type { QuestionnaireItemAnswerOption } from 'fhir/r4.d.ts';
import { displayOf } from '../speak/display-of.ts';
import { smallWords } from '../speak/spoken.ts';
import { speakable } from '../speak/speakable.ts';
import type { AnswerOption, Caller } from '../types.ts';
import { extensionOf, standard, textsOf, voice } from './extensions.ts';
import { codeIn } from './read-voice.ts';

/** What there is to choose, with what the voice profile says of it; undefined when it cannot be said. */
export function readOption(option: QuestionnaireItemAnswerOption): AnswerOption | undefined {
  const chosen = valueOf(option);
  if (!chosen) return undefined;
  const coding = option.valueCoding;
  const alone =
    extensionOf(option, standard.optionExclusive) ?? extensionOf(coding, standard.optionExclusive);
  const score =
    extensionOf(option, standard.ordinalValue) ??
    extensionOf(option, standard.ordinalValueR5) ??
    extensionOf(coding, standard.ordinalValue) ??
    extensionOf(coding, standard.ordinalValueR5);
  const key = textsOf(option, voice.key)[0];
  const caller = codeIn<Caller>(option, 'caller');
  return {
    ...chosen,
    synonyms: [...textsOf(option, voice.synonym), ...saidFor(chosen.display)],
    ...(score?.valueDecimal === undefined ? {} : { ordinal: score.valueDecimal }),
    ...(alone?.valueBoolean === true ? { exclusive: true as const } : {}),
    ...(key === undefined ? {} : { key }),
    ...(caller === undefined ? {} : { caller }),
  };
}

/** What is read out can be said back: "two to six days" for "2-6 days". */
function saidFor(display: string): string[] {
  if (!/\p{L}/u.test(display)) return [];
  const said = speakable(display);
  const inWords = said.replace(/(?<![\w.,-])\d{1,2}(?![\w.,-])/g, (digits) => smallWords(Number(digits)));
  return [...new Set([said, inWords])].filter((one) => one !== display && one !== '');
}

function valueOf(
  option: QuestionnaireItemAnswerOption,
): Pick<AnswerOption, 'code' | 'display' | 'value' | 'kind'> | undefined {
  const { valueCoding: coding, valueReference: reference } = option;
  const { valueString: words, valueInteger: number, valueDate: date, valueTime: time } = option;
  if (coding) {
    const code = coding.code ?? coding.display ?? '';
    const display = coding.display ?? code;
    const value = { ...(coding.system === undefined ? {} : { system: coding.system }), code, display };
    return { code, display, value, kind: 'coding' };
  }
  if (reference?.display !== undefined) {
    const { display } = reference;
    const code = reference.reference ?? display;
    return { code, display, value: { code, display }, kind: 'reference' };
  }
  if (words !== undefined) return { code: words, display: words, value: words, kind: 'string' };
  if (number !== undefined)
    return { code: String(number), display: String(number), value: number, kind: 'integer' };
  if (date !== undefined) return { code: date, display: shown(date, 'date'), value: date, kind: 'date' };
  if (time !== undefined) return { code: time, display: shown(time, 'time'), value: time, kind: 'time' };
  return undefined;
}

const shown = (value: string, type: 'date' | 'time') => displayOf([value], { type, form: 'free' });
