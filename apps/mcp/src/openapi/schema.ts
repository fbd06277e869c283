import type { JsonSchema } from './document.ts';

/** What a file's author must change; the operation that needs it has no tool until then. */
export class Unsupported extends Error {}

/**
 * A part of the file with every local `$ref` put in place, `allOf` of objects made one object, and OpenAPI 3.0's own ways made those
 * of JSON Schema. Siblings of `$ref` win, as 3.1 has it.
 * @throws Unsupported for recursive schemas and references elsewhere.
 */
export function resolved(node: unknown, root: unknown, trail: readonly string[] = []): unknown {
  if (Array.isArray(node)) return node.map((item) => resolved(item, root, trail));
  if (node === null || typeof node !== 'object') return node;
  const { $ref, ...members } = node as Record<string, unknown>;
  const own = Object.fromEntries(
    Object.entries(members).map(([key, member]) => [key, resolved(member, root, trail)]),
  );
  if (typeof $ref !== 'string') return plainer(own);
  if (!$ref.startsWith('#/')) throw new Unsupported(`${$ref} lies in another file`);
  if (trail.includes($ref)) throw new Unsupported(`${$ref} holds itself`);
  return plainer({ ...(resolved(at(root, $ref), root, [...trail, $ref]) as object), ...own });
}

function at(root: unknown, pointer: string): unknown {
  let node = root;
  for (const segment of pointer.slice(2).split('/')) {
    const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    node = Object.hasOwn(Object(node) as object, key) ? (node as Record<string, unknown>)[key] : undefined;
  }
  if (node === null || typeof node !== 'object') throw new Unsupported(`${pointer} leads nowhere`);
  return node;
}

/** Only what is certainly a schema is touched: a property may be called `nullable` too. */
function plainer(node: JsonSchema): JsonSchema {
  if (Array.isArray(node['allOf'])) return plainer(merged(node));
  if (typeof node['type'] !== 'string') return node;
  const { nullable, ...schema } = node;
  for (const [bound, flag] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[flag] !== 'boolean') continue;
    if (schema[flag]) [schema[flag], schema[bound]] = [schema[bound], undefined];
    else schema[flag] = undefined;
  }
  if (nullable === true) {
    schema['type'] = [schema['type'], 'null'];
    if (Array.isArray(schema['enum']))
      schema['enum'] = [...new Set([...(schema['enum'] as unknown[]), null])];
  }
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

/** One object of an `allOf` of objects: an `additionalProperties: false` in one part would else forbid what the others have. */
function merged({ allOf, ...own }: JsonSchema): JsonSchema {
  const parts = [...(allOf as JsonSchema[]), own];
  const [first] = parts;
  if (!parts.some(({ type, properties }) => type === 'object' || properties !== undefined))
    return parts.length === 2 ? { ...first, ...own } : { ...own, allOf };
  const properties: Record<string, JsonSchema> = {};
  for (const part of parts)
    for (const [name, schema] of Object.entries((part['properties'] ?? {}) as Record<string, JsonSchema>))
      properties[name] = name in properties ? { ...properties[name], ...schema } : schema;
  const required = new Set(parts.flatMap((part) => (part['required'] ?? []) as string[]));
  return {
    ...(Object.assign({}, ...parts) as JsonSchema),
    type: 'object',
    properties,
    ...(required.size > 0 && { required: [...required] }),
    ...(parts.some((part) => part['additionalProperties'] === false) && { additionalProperties: false }),
  };
}

/** Words of OpenAPI that JSON Schema does not know, and `x-` members, which are between the file and this server. */
const foreign = new Set([
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'readOnly',
  'writeOnly',
  'deprecated',
]);

/** As a client is shown it. */
export function shown(schema: JsonSchema): JsonSchema {
  const plain = (node: unknown, isNames: boolean): unknown => {
    if (Array.isArray(node)) return node.map((item) => plain(item, false));
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => isNames || !(key.startsWith('x-') || foreign.has(key)))
        .map(([key, member]) => [
          key,
          valueWords.has(key) && !isNames ? member : plain(member, key === 'properties' && !isNames),
        ]),
    );
  };
  return plain(schema, false) as JsonSchema;
}

/** What stands under these is values, not schemas. */
const valueWords = new Set(['enum', 'const', 'default', 'examples', 'required']);
