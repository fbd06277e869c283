import { z } from 'zod';
import { configSchema } from './schema.ts';

/** The parts of a JSON Schema that fault messages are made from. */
export interface JsonSchemaNode {
  type?: string;
  description?: string;
  examples?: readonly (string | number)[];
  properties?: Readonly<Record<string, JsonSchemaNode>>;
  items?: JsonSchemaNode;
  additionalProperties?: JsonSchemaNode | boolean;
}

/** The schema of the file as written (not of the parsed Config), for editors; JSON Schema 2020-12. */
export function configJsonSchema(): JsonSchemaNode {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: 'input' });
  return { $schema, title: 'vestibule.yaml', ...schema } as JsonSchemaNode;
}

/** The subschema at a path, if the schema says anything about it. */
export function subschema(root: JsonSchemaNode, path: readonly PropertyKey[]): JsonSchemaNode | undefined {
  return path.reduce<JsonSchemaNode | undefined>((node, key) => {
    if (typeof key === 'number') return node?.items;
    const member = node?.properties?.[String(key)];
    if (member !== undefined) return member;
    return typeof node?.additionalProperties === 'object' ? node.additionalProperties : undefined;
  }, root);
}
