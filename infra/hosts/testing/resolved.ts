/** A template's text with its intrinsic functions carried out. `names`: by the start of a logical id or the last part of an import. @throws RangeError for what is not there */
export function resolved(value: unknown, names: Readonly<Record<string, string>>): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Fn::Join') {
    const [by, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolved(part, names)).join(by);
  }
  const id = Array.isArray(argument) ? String(argument[0]) : String(argument);
  const found = Object.entries(names).find(
    ([key]) => id.startsWith(key) || new RegExp(`(Ref|GetAtt|:)${key}[0-9A-F]{0,8}`).test(id),
  );
  if (found === undefined) throw new RangeError(`${name} ${id} has no value here`);
  return found[1];
}
