import type { Element, QuestionnaireItem } from 'fhir/r4.d.ts';
import { patienceClasses, type ProfileExtension, voiceProfile } from '../profile/table.ts';
import type { AnswerOption, Caller, ExpectedForm, Item, ItemType, SpokenForm } from '../types.ts';
import { extensionOf, textsOf, voice } from './extensions.ts';
import { hintsOf, patienceOf } from './listening.ts';
import { defaultRetries, promptOf } from './speakable.ts';

interface Kind {
  type: ItemType;
  form: SpokenForm;
  options: readonly AnswerOption[];
}

/** The code that an extension of the profile holds, when it is one of those the profile has. */
export function codeIn<T extends string>(
  element: Element | undefined,
  key: keyof typeof voice,
): T | undefined {
  const { codes }: ProfileExtension = voiceProfile[key];
  const code = textsOf(element, voice[key])[0];
  return code !== undefined && Object.hasOwn(codes ?? {}, code) ? (code as T) : undefined;
}

/** The wordings for someone who speaks for the patient; those of the patient would say "you" to them. */
export function readProxy(
  source: QuestionnaireItem,
  { format, ...kind }: Kind & { format: string | undefined },
): Pick<Item, 'proxy'> {
  const spoken = textsOf(source, voice.promptProxy)[0];
  if (spoken === undefined) return {};
  const prompt = promptOf({ text: '', spoken, options: kind.options });
  return { proxy: { prompt, retries: defaultRetries({ ...kind, prompt, format }) } };
}

/** Who answers, and how they are listened to. */
export function readListening(
  source: QuestionnaireItem,
  kind: Kind,
): Pick<Item, 'answeredBy' | 'caller' | 'identifier' | 'hints' | 'keypad' | 'patience'> {
  const caller = codeIn<Caller>(source, 'caller');
  const words = textsOf(source, voice.word);
  const keypad = codeIn<NonNullable<Item['keypad']>>(source, 'keypad');
  return {
    answeredBy: codeIn<Item['answeredBy']>(source, 'answeredBy') ?? 'any',
    ...(caller === undefined ? {} : { caller }),
    identifier: extensionOf(source, voice.identifier)?.valueBoolean ?? false,
    hints: hintsOf(kind, words, codeIn<ExpectedForm>(source, 'expect')),
    ...(keypad === undefined ? {} : { keypad }),
    patience: readPatience(source) ?? patienceOf(kind),
  };
}

function readPatience(source: QuestionnaireItem): number | undefined {
  const code = codeIn<keyof typeof patienceClasses>(source, 'patience');
  return code === undefined ? extensionOf(source, voice.patience)?.valueInteger : patienceClasses[code];
}
