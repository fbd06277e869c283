import type { Element, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import { fateOf } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { meant } from './schema-faults.ts';

const shared = ['id', 'extension', 'modifierExtension', 'fhir_comments'];
/** The parts that R4 gives each element; of those that end in `*`, any that begin so. */
const parts = {
  questionnaire:
    'resourceType meta implicitRules language text contained url identifier version name title derivedFrom status experimental subjectType date publisher contact description useContext jurisdiction purpose copyright approvalDate lastReviewDate effectivePeriod code item',
  item: 'linkId definition code prefix text type enableWhen enableBehavior required repeats readOnly maxLength answerValueSet answerOption initial item',
  enableWhen: 'question operator answer*',
  answerOption: 'value* initialSelected',
} as const;

/** Lists what R4 does not have at its place (a slip of the pen, another release): it would be passed over unseen. */
export function listUnread(questionnaire: Questionnaire, { warnings }: Findings): void {
  const list = (element: object, kind: keyof typeof parts, path: string): void => {
    const known = [...shared, ...parts[kind].split(' ')];
    const isKnown = (key: string) =>
      known.some((one) => (one.endsWith('*') ? key.startsWith(one.slice(0, -1)) : key === one));
    for (const key of Object.keys(element)) {
      if (isKnown(key.replace(/^_/, ''))) continue;
      const at = path === '' ? key : `${path}.${key}`;
      warnings.push({
        path: at,
        message: `R4 has no "${key}" here: it is passed over`,
        ...meant(key, known),
      });
    }
  };
  const visit = (item: QuestionnaireItem, path: string): void => {
    list(item, 'item', path);
    item.enableWhen?.forEach((one, index) => list(one, 'enableWhen', `${path}.enableWhen[${index}]`));
    item.answerOption?.forEach((one, index) => list(one, 'answerOption', `${path}.answerOption[${index}]`));
    item.item?.forEach((child, index) => visit(child, `${path}.item[${index}]`));
  };
  list(questionnaire, 'questionnaire', '');
  questionnaire.item?.forEach((item, index) => visit(item, `item[${index}]`));
}

const placesOfExtensions = [
  '_text',
  '_prefix',
  '_required',
  '_repeats',
  '_readOnly',
  '_maxLength',
  '_answerValueSet',
  'enableWhen',
  'initial',
] as const;

/** The extensions of an item's parts (`_text`, `initial` …) that are not followed, each with its place. */
export function extensionsWithin(item: QuestionnaireItem, path: string): { url: string; path: string }[] {
  const visit = (value: unknown, at: string): { url: string; path: string }[] => {
    if (typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap((one, index) => visit(one, `${at}[${index}]`));
    const { extension = [], ...rest } = value as Element;
    const own = extension.map(({ url }, index) => ({ url, path: `${at}.extension[${index}]` }));
    return [...own, ...Object.entries(rest).flatMap(([key, one]) => visit(one, `${at}.${key}`))];
  };
  const elements = item as unknown as Record<string, unknown>;
  const options = (item.answerOption ?? []).flatMap(({ extension: _own, ...option }, index) =>
    visit(option, `${path}.answerOption[${index}]`),
  );
  const found = placesOfExtensions.flatMap((key) => visit(elements[key], `${path}.${key}`));
  return [...found, ...options].filter(({ url }) => fateOf(url) === 'unsupported');
}
