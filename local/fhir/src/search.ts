import { refusal } from './outcome.ts';
import type { IdentifierToken, Resource, Token } from './schema/resources.ts';

/** The search parameters that every type here has. `identifier` finds nothing where R4 gives a type none. */
const parameters: Record<string, (resource: Resource) => readonly Token[]> = {
  _id: ({ id }) => (id === undefined ? [] : [{ code: id }]),
  _tag: ({ meta }) => meta?.tag ?? [],
  identifier: ({ identifier = [] }) =>
    [identifier].flat().map((one: IdentifierToken) => ({
      ...(one.system !== undefined && { system: one.system }),
      ...(one.value !== undefined && { code: one.value }),
    })),
};
export const searchParameters = Object.keys(parameters);

export type Matcher = (resource: Resource) => boolean;

/**
 * A token search (hl7.org/fhir/R4/search.html#token): `code`, `system|code`, `|code`, `system|`; parameters all hold, values after
 * commas are alternatives. Strict: an unknown parameter is refused, and so is a search for nothing.
 * @throws Refusal 400
 */
export function matcherOf(query: string): Matcher {
  const given = [...new URLSearchParams(query)];
  if (given.length === 0) throw refusal(400, 'required', 'a search needs a parameter');
  const matchers = given.map(([name, value]) => {
    const tokensOf = parameters[name];
    if (!tokensOf) throw refusal(400, 'not-supported', `no search by ${name}`);
    const wanted = split(value, ',').map((one) => split(one, '|').map(unescape));
    return (resource: Resource) =>
      tokensOf(resource).some((token) => wanted.some((one) => isMatch(token, one)));
  });
  return (resource) => matchers.every((matches) => matches(resource));
}

function isMatch(token: Token, wanted: readonly string[]): boolean {
  if (wanted.length === 1) return token.code === wanted[0];
  const [system = '', code = ''] = wanted;
  return (token.system ?? '') === system && (code === '' || token.code === code);
}

/** At separators that are not escaped by a backslash. */
const split = (text: string, separator: ',' | '|') =>
  text.split(separator === ',' ? /(?<!\\),/ : /(?<!\\)\|/);
const unescape = (text: string) => text.replaceAll(/\\([,|$\\])/g, '$1');
