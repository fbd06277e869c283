import type { Config } from './schema.ts';

/**
 * Whether the record of a call to `dialled` is put under a legal hold when it is sealed. As with its questionnaire, a number that is
 * not configured counts as the first.
 */
export function isUnderLegalHold({ archive, numbers }: Config, dialled: string): boolean {
  const { questionnaire } = numbers.find(({ number }) => number === dialled) ?? numbers[0] ?? {};
  return archive.legalHold.some((name) => name === 'all' || name === questionnaire);
}
