import type { Fault } from '@vestibule/core';

type Json = Record<string, unknown>;

/**
 * What published questionnaires have that R4 has not, written as R4 has it and said once each: R5's type `coding`, and
 * texts without a link (HL7's own generated forms have thousands). Of STU3, whose options and conditions are others, one
 * fault. `given` is not changed; paths stay what they are.
 */
export function asR4(given: unknown): { value: unknown; faults: Fault[]; warnings: Fault[] } {
  const seen: Seen = { unlinked: [], codings: [], stu3: [] };
  const value = isObject(given) ? withItems(given, '', seen) : given;
  const [stu3] = seen.stu3;
  if (stu3 !== undefined) {
    const message = `this is FHIR STU3: R4 has no "${stu3.split('.').at(-1)}"`;
    return {
      value,
      faults: [{ path: stu3, message, remedy: 'Convert the questionnaire to R4' }],
      warnings: [],
    };
  }
  return { value, faults: [], warnings: warningsOf(seen) };
}

interface Seen {
  /** Paths of displays without a link, of R5's codings, and of what only STU3 has. */
  unlinked: string[];
  codings: string[];
  stu3: string[];
}

function warningsOf({ unlinked, codings }: Seen): Fault[] {
  const told = (paths: readonly string[], message: string, remedy: string) =>
    paths[0] === undefined ? [] : [{ path: paths[0], message, remedy }];
  return [
    ...told(unlinked, `without a linkId, here and in ${unlinked.length} displays in all`, 'Give each one'),
    ...told(
      codings,
      `the type coding is R5's, here and in ${codings.length} items in all; it is taken for choice`,
      'Convert the questionnaire to R4',
    ),
  ];
}

function withItems(given: Json, path: string, seen: Seen): Json {
  if (!Array.isArray(given.item)) return given;
  const at = (index: number) => `${path}${path === '' ? '' : '.'}item[${index}]`;
  const item = given.item.map((one: unknown, index) =>
    isObject(one) ? withItems(readItem(one, at(index), seen), at(index), seen) : one,
  );
  return { ...given, item };
}

function readItem(item: Json, path: string, seen: Seen): Json {
  for (const key of ['option', 'options']) if (key in item) seen.stu3.push(`${path}.${key}`);
  if (Array.isArray(item.enableWhen)) {
    const index = item.enableWhen.findIndex((one: unknown) => isObject(one) && 'hasAnswer' in one);
    if (index >= 0) seen.stu3.push(`${path}.enableWhen[${index}].hasAnswer`);
  }
  return withType(withLink(item, path, seen), path, seen);
}

function withLink(item: Json, path: string, seen: Seen): Json {
  if (item.type !== 'display' || item.linkId !== undefined) return item;
  seen.unlinked.push(path);
  return { ...item, linkId: `display-${path.replace(/\D+/g, ' ').trim().replaceAll(' ', '.')}` };
}

function withType(item: Json, path: string, seen: Seen): Json {
  const { type, answerConstraint, ...rest } = item;
  if (type !== 'coding') return item;
  seen.codings.push(path);
  const isOpen = answerConstraint === 'optionsOrString' || answerConstraint === 'optionsOrType';
  return { ...rest, type: isOpen ? 'open-choice' : 'choice' };
}

function isObject(given: unknown): given is Json {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
