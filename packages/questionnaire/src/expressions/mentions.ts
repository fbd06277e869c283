/** What an expression speaks of: links of items (as string literals) and variables. */
export interface Mentions {
  links: readonly string[];
  variables: readonly string[];
}

const stringLiteral = /(!=\s*)?'((?:[^'\\]|\\.)*)'/g;

/**
 * Read from the text: any string literal that is a link of the questionnaire counts, except one that is excluded
 * (`linkId != 'total'`); as `%name`, `` %`name` `` and `%'name'` any variable.
 */
export function mentionsOf(expression: string, isLink: (text: string) => boolean): Mentions {
  const links = new Set<string>();
  for (const [, excluded, text = ''] of expression.matchAll(stringLiteral)) {
    if (excluded === undefined && isLink(text)) links.add(text);
  }
  const variables = new Set<string>();
  const plain = expression.replace(/%'([^']+)'/g, '%`$1`').replace(stringLiteral, "''");
  for (const [, quoted, bare] of plain.matchAll(/%(?:`([^`]+)`|([A-Za-z_][\w-]*))/g)) {
    variables.add((quoted ?? bare)!);
  }
  return { links: [...links], variables: [...variables] };
}
