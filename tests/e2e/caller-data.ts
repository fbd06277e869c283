import type { Persona } from '@vestibule/local-carrier';

/** Something by which a caller can be told, or what they said. */
export interface Identifier {
  kind: 'number' | 'name' | 'birth date' | 'words';
  pattern: RegExp;
}

/** What must not be in a log after a call of this persona: in all the ways in which it could be written there. */
export function identifiersOf({ caller, answers, expects, behaviour }: Persona): Identifier[] {
  const { name = '' } = caller;
  const said = [
    ...Object.values(answers).flatMap(({ says = [], means = [], onReadBack = [] }) => [
      says,
      means,
      onReadBack,
    ]),
    ...behaviour.digressions.map(({ says }) => says),
    ...behaviour.interrupts.map(({ says = [] }) => says),
  ].flat(2);
  const expected = Object.values(expects ?? {});
  const contained = expected.flatMap((one) =>
    typeof one === 'object' && one !== null && 'contains' in one ? one.contains : [],
  );
  const dates = expected.filter(
    (one): one is string => typeof one === 'string' && /^\d{4}-\d\d-\d\d$/.test(one),
  );
  const phrases = [...said, ...contained].filter((words) => words.length >= 8);
  return [
    { kind: 'number' as const, pattern: numberPattern(caller.number) },
    ...[name, ...name.split(' ')]
      .filter((part) => part.length >= 4)
      .map((part) => ({ kind: 'name' as const, pattern: wordsPattern(part) })),
    ...dates.map((date) => ({ kind: 'birth date' as const, pattern: datePattern(date) })),
    ...phrases.map((words) => ({ kind: 'words' as const, pattern: wordsPattern(words) })),
  ];
}

/** The national number with or without the country's, and with whatever stands between the digits: `(555) 010-0123`, `555.010.0123`. */
function numberPattern(e164: string): RegExp {
  return new RegExp([...e164.slice(-10)].join('[\\s().%+-]{0,3}'));
}

/** Case, punctuation and white space do not count. */
function wordsPattern(text: string): RegExp {
  const words = text.split(/[^\p{L}\d]+/u).filter((word) => word !== '');
  return new RegExp(`(?<![\\p{L}\\d])${words.join('[^\\p{L}\\d]{1,3}')}(?![\\p{L}\\d])`, 'iu');
}

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

function datePattern(iso: string): RegExp {
  const [year = '', month = '', day = ''] = iso.split('-');
  const name = months[Number(month) - 1] ?? '';
  const [m, d] = [`0?${Number(month)}`, `0?${Number(day)}`];
  const forms = [
    `${year}-?${month}-?${day}`,
    `${m}[/.-]${d}[/.-]${year}`,
    `${d}[/.-]${m}[/.-]${year}`,
    `(?:${name}|${name.slice(0, 3)})\\.? ${d}(?:st|nd|rd|th)?,? ${year}`,
  ];
  return new RegExp(`(?<!\\d)(?:${forms.join('|')})(?!\\d)`, 'i');
}

/** Lines of a log that hold one of them; `kind` and line, the line cut short. */
export function findings(log: string, identifiers: readonly Identifier[]): { kind: string; line: string }[] {
  return log.split('\n').flatMap((line) => {
    const found = identifiers.find(({ pattern }) => pattern.test(line));
    return found ? [{ kind: found.kind, line: line.slice(0, 300) }] : [];
  });
}
