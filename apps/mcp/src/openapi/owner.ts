import type { JsonSchema } from './document.ts';

/** Whose an object is: the member that says it names the caller's number, or the call. */
export type OwnerKind = 'caller-number' | 'call-id';
/** Whether a value of that kind is this call's own. */
export type IsOwn = (kind: OwnerKind, value: unknown) => boolean;

const mark = 'x-vestibule-owner';

/** Whether the file says of anything in an answer whose it is. */
export function tellsOwner(schema: JsonSchema | undefined): boolean {
  if (!schema) return false;
  return ownerMembers(schema).length > 0 || children(schema).some(tellsOwner);
}

/**
 * The answer without what is somebody else's: an object with marked members is the caller's when one of them is; others' are left
 * out of lists, and an object that needs one that was left out goes with it. undefined: nothing is left.
 */
export function ownPart(schema: JsonSchema, value: unknown, isOwn: IsOwn): unknown {
  if (Array.isArray(value)) {
    const items = schema['items'] as JsonSchema | undefined;
    return items ? value.map((one) => ownPart(items, one, isOwn)).filter((one) => one !== undefined) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const branches = branchesOf(schema).filter(tellsOwner);
  if (branches.length > 0)
    return branches.map((one) => ownPart(one, value, isOwn)).find((part) => part !== undefined);
  const members = value as Record<string, unknown>;
  const owners = ownerMembers(schema);
  if (owners.length > 0 && !owners.some(([name, kind]) => isOwn(kind, members[name]))) return undefined;
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    const inner = propertiesOf(schema)[name] ?? valuesOf(schema)[0];
    const part = inner ? ownPart(inner, member, isOwn) : member;
    if (part !== undefined) kept[name] = part;
    else if (((schema['required'] ?? []) as string[]).includes(name)) return undefined;
  }
  return kept;
}

function ownerMembers(schema: JsonSchema): [string, OwnerKind][] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
    property[mark] === 'caller-number' || property[mark] === 'call-id' ? [[name, property[mark]]] : [],
  );
}

const propertiesOf = (schema: JsonSchema) => (schema['properties'] ?? {}) as Record<string, JsonSchema>;

const branchesOf = ({ anyOf = [], oneOf = [] }: JsonSchema) => [anyOf, oneOf].flat() as JsonSchema[];

/** Of what an object holds beside its named members. */
const valuesOf = ({ additionalProperties: values }: JsonSchema) =>
  typeof values === 'object' && values !== null ? [values as JsonSchema] : [];

const children = (schema: JsonSchema): JsonSchema[] => [
  ...Object.values(propertiesOf(schema)),
  ...valuesOf(schema),
  ...branchesOf(schema),
  ...(schema['items'] ? [schema['items'] as JsonSchema] : []),
];

/** Numbers are written in many ways; only what is E.164 once the usual marks are gone can be a caller's. */
export function plainNumber(value: unknown): string | undefined {
  const digits = typeof value === 'string' ? value.replaceAll(/[\s().-]/g, '') : '';
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}
