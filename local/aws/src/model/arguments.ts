import type { Property } from './schema.ts';

/** Finds the arguments of a tool that play a part, by their names, types and values. */

const whichNames = /^(item|field|question|link|key|slot|entry|topic|which)s?|(id|key|name|code)$/i;
const valueNames = /answer|value|response|reply|text|words|content|said|data/i;

/** The property that says which item is meant. */
export function whichOf(properties: readonly Property[]): Property | undefined {
  const strings = properties.filter(({ type }) => type === 'string');
  return (
    strings.find(({ name, enum: values }) => values.length > 0 && whichNames.test(name)) ??
    strings
      .filter((property) => property.enum.length > 1 && !isReason(property))
      .reduce<Property | undefined>(
        (top, one) => (one.enum.length > (top?.enum.length ?? 0) ? one : top),
        undefined,
      ) ??
    strings.find(({ name }) => whichNames.test(name) && !valueNames.test(name))
  );
}

/** A property that says why or in what manner: by its name, or because half its values do. */
export function isReason({ name, enum: values }: Property): boolean {
  if (values.length === 0) return false;
  if (/reason|why|cause|kind|type|status|priority|verdict/i.test(name)) return true;
  const telling = values.filter((value) => reasonValues.test(value));
  return telling.length * 2 >= values.length;
}

const reasonValues =
  /declin|refus|reject|unknown|unsure|not.?(?:know|sure|tell|say)|no.?idea|prefer|rather|won.?t|will.?not|can.?not|person|human|stop|quit/i;

/** The property that takes the answer itself. */
export function valueOf(properties: readonly Property[]): Property | undefined {
  const which = whichOf(properties);
  const rest = properties.filter(
    (property) => property !== which && !/reason|confidence|note|comment/i.test(property.name),
  );
  return (
    rest.find(({ name }) => valueNames.test(name)) ??
    rest.find(({ type, enum: values }) => type === 'string' && values.length === 0)
  );
}

/** The property of a tool that takes several answers at once. */
export function answersOf(properties: readonly Property[]): Property | undefined {
  return properties.find(
    ({ type, properties: inner }) => type === 'array' && whichOf(inner) && valueOf(inner),
  );
}

/** The property that says yes or no to a read-back. */
export function verdictOf(properties: readonly Property[]): Property | undefined {
  return (
    properties.find(({ type }) => type === 'boolean') ??
    properties.find(({ enum: values }) =>
      values.some((value) => /^(yes|correct|right|confirmed|agree)/i.test(value)),
    )
  );
}

export function isQuery({ name, type, enum: values }: Property): boolean {
  return (
    type === 'string' &&
    values.length === 0 &&
    /query|question|^q$|text|topic|search|term|prompt|keyword/i.test(name)
  );
}
