import type { Tool as ToolDefinition } from '@modelcontextprotocol/sdk/types.js';
import { CodedError } from '@vestibule/core';
import type { JsonSchema, OpenApiErrorCode, Operation } from './document.ts';

/** An operation seen as a tool: what the client is shown, and where each argument goes. */
export interface MappedOperation {
  operation: Operation;
  definition: ToolDefinition;
  verifiedOnly: boolean;
  /** Where each argument goes in the request. */
  places: ReadonlyMap<string, Place>;
  /** Body members that the call itself fills, hidden from the client. */
  callIdMembers: readonly string[];
  keyHeader: string | undefined;
}
export type Place = 'path' | 'query' | 'body';

/** `findPatient` → `find_patient`: the names that models and vestibule.yaml use. */
export function toolName(operationId: string): string {
  return operationId.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** @throws CodedError `unsupported-openapi` for what has no place in a tool. */
export function mapOperation(operation: Operation): MappedOperation {
  const places = new Map<string, Place>();
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  const callIdMembers: string[] = [];
  let keyHeader: string | undefined;

  const add = (name: string, place: Place, schema: JsonSchema, needed: boolean) => {
    if (places.has(name)) throw unsupported(operation, `has two arguments called ${name}`);
    places.set(name, place);
    properties[name] = plainSchema(schema);
    if (needed) required.push(name);
  };
  for (const { name, in: place, required: needed, schema, description } of operation.parameters) {
    if (place === 'path' || place === 'query') {
      add(name, place, { ...schema, ...(description && { description }) }, needed);
    } else if (place === 'header' && name.toLowerCase() === 'idempotency-key') keyHeader = name;
    else if (needed) throw unsupported(operation, `needs a ${place} parameter`);
  }
  const body = bodySchema(operation);
  for (const [name, schema] of Object.entries(body.properties)) {
    const filledBy = schema['x-vestibule-value'];
    if (filledBy === 'call-id') callIdMembers.push(name);
    else if (filledBy !== 'omit') add(name, 'body', schema, body.required.includes(name));
  }
  const outputSchema = answerSchema(operation);
  return {
    operation,
    places,
    callIdMembers,
    keyHeader,
    verifiedOnly: operation['x-vestibule-verified-only'] ?? !onlyAdds(operation, keyHeader),
    definition: {
      name: toolName(operation.operationId ?? ''),
      ...(operation.summary && { title: operation.summary }),
      description: (operation.description ?? operation.summary ?? '').replace(/\s+/g, ' ').trim(),
      inputSchema: { type: 'object', properties, required, additionalProperties: false },
      ...(outputSchema && { outputSchema }),
      annotations: annotations(operation, keyHeader),
    },
  };
}

/** A keyed POST tells its caller nothing that the caller did not bring; everything else may read what is held. */
function onlyAdds({ method }: Operation, keyHeader: string | undefined): boolean {
  return method === 'post' && keyHeader !== undefined;
}

/** RFC 9110, 9.2: GET is safe; PUT and DELETE are idempotent; POST is when it takes a key. POST only adds. */
function annotations({ method }: Operation, keyHeader: string | undefined): ToolDefinition['annotations'] {
  return {
    readOnlyHint: method === 'get',
    destructiveHint: method !== 'get' && method !== 'post',
    idempotentHint: method === 'get' || method === 'put' || method === 'delete' || keyHeader !== undefined,
    openWorldHint: false,
  };
}

function bodySchema(operation: Operation): { properties: Record<string, JsonSchema>; required: string[] } {
  if (!operation.requestBody) return { properties: {}, required: [] };
  const schema = operation.requestBody.content['application/json']?.schema;
  if (schema?.['type'] !== 'object') throw unsupported(operation, 'has a body that is no JSON object');
  return {
    properties: (schema['properties'] ?? {}) as Record<string, JsonSchema>,
    required: (schema['required'] ?? []) as string[],
  };
}

/** The schema of the first success, when it is an object: MCP's structuredContent carries nothing else. */
function answerSchema({ responses }: Operation): ToolDefinition['outputSchema'] | undefined {
  const status = Object.keys(responses).find((code) => code.startsWith('2'));
  const schema = status && responses[status]?.content['application/json']?.schema;
  if (!schema || schema['type'] !== 'object') return undefined;
  return plainSchema(schema) as ToolDefinition['outputSchema'];
}

/** Without `x-` members, which are between the file and this server. */
function plainSchema(schema: JsonSchema): JsonSchema {
  const plain = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(plain);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => !key.startsWith('x-'))
        .map(([key, member]) => [key, plain(member)]),
    );
  };
  return plain(schema) as JsonSchema;
}

function unsupported({ operationId }: Operation, what: string): CodedError<OpenApiErrorCode> {
  return new CodedError('unsupported-openapi', `operation ${operationId ?? '?'} ${what}`);
}
