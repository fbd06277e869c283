import type { Tool as ToolDefinition } from '@modelcontextprotocol/sdk/types.js';
import type { Fault } from '@vestibule/core';
import type { JsonSchema, Keys, OpenApiDocument } from './document.ts';
import type { Operation, Parameter } from './operation.ts';
import { tellsOwner } from './owner.ts';
import { shown } from './schema.ts';

/** An operation seen as a tool: what the client is shown, and where each argument goes. */
export interface MappedOperation {
  operation: Operation;
  definition: ToolDefinition;
  verifiedOnly: boolean;
  args: ReadonlyMap<string, Place>;
  /** What the call itself fills, hidden from the client. */
  filled: readonly Place[];
  keyHeader: string | undefined;
  /** The schema of its answer with the file's marks; undefined when it has none. */
  answer: JsonSchema | undefined;
}

/** Where an argument goes in the request. */
export interface Place {
  in: 'path' | 'query' | 'header' | 'member' | 'body';
  name: string;
  style: 'repeat' | 'comma' | 'space' | 'pipe' | 'deep';
  /** Operation that must show the caller what the value names. */
  check: string | undefined;
}

/** `findPatient` → `find_patient`: the names that models and vestibule.yaml use. */
export function toolName(operationId: string): string {
  return operationId
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9_]/g, '_')
    .toLowerCase();
}

/** Set by this server, or by HTTP: OpenAPI 3.1, 4.8.12.2.1 leaves the first three out too. */
const ownHeaders = new Set(['accept', 'content-type', 'authorization', 'cookie', 'host', 'content-length']);

interface Arguments {
  properties: Record<string, JsonSchema>;
  required: string[];
  args: Map<string, Place>;
  filled: Place[];
}

/** The tool, or everything of the operation that has no place in one. */
export function mapOperation(
  operation: Operation,
  { fault }: Pick<OpenApiDocument, 'fault'>,
): { mapped: MappedOperation } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const refuse = (keys: Keys, message: string, remedy?: string) =>
    void faults.push(fault([...operation.keys, ...keys], message, remedy));
  const found: Arguments = { properties: {}, required: [], args: new Map(), filled: [] };
  const keyHeader = operation.parameters.find(isKey)?.name;
  for (const parameter of operation.parameters) if (!isKey(parameter)) addParameter(found, parameter, refuse);
  addBody(found, operation, refuse);
  const answer = answerOf(operation);
  const marked = operation['x-vestibule-verified-only'];
  const verifiedOnly = marked ?? !onlyAdds(operation, keyHeader);
  const isBound = tellsOwner(answer) || [...found.args.values()].some(({ check }) => check !== undefined);
  if (verifiedOnly && marked === undefined && !isBound)
    refuse(
      [],
      'does not say whose its answer is, so that any verified caller would see everybody’s',
      'Mark the member that tells with x-vestibule-owner, or set x-vestibule-verified-only',
    );
  if (faults.length > 0) return { faults };
  const output = answer && shown(answer['type'] === 'object' ? answer : wrapped(answer));
  const definition: ToolDefinition = {
    name: toolName(operation.operationId),
    ...(operation.summary && { title: operation.summary }),
    description: (operation.description ?? operation.summary ?? operation.operationId)
      .replace(/\s+/g, ' ')
      .trim(),
    inputSchema: {
      type: 'object',
      properties: found.properties,
      required: found.required,
      additionalProperties: false,
    },
    ...(output && { outputSchema: output as ToolDefinition['outputSchema'] }),
    annotations: annotations(operation, keyHeader),
  };
  const { args, filled } = found;
  return { mapped: { operation, definition, verifiedOnly, args, filled, keyHeader, answer } };
}

type Refuse = (keys: Keys, message: string, remedy?: string) => void;

const isKey = ({ in: place, name }: Parameter) =>
  place === 'header' && name.toLowerCase() === 'idempotency-key';

function addParameter(found: Arguments, parameter: Parameter, refuse: Refuse): void {
  const { in: place, name, required, schema, description } = parameter;
  const keys = ['parameters'];
  const filledBy = parameter['x-vestibule-value'] ?? schema['x-vestibule-value'];
  if (place === 'header' && ownHeaders.has(name.toLowerCase())) return;
  if (place === 'cookie') {
    if (required) refuse(keys, `needs the cookie ${name}`);
    return;
  }
  const style = styleOf(parameter);
  if (style === undefined)
    return refuse(keys, `${name} has the style ${parameter.style}, which is not understood`);
  const target: Place = { in: place, name, style, check: parameter['x-vestibule-check'] };
  if (filledBy === 'call-id') found.filled.push(target);
  else if (filledBy !== 'omit')
    addArgument(found, target, { ...schema, ...(description !== undefined && { description }) }, required);
}

function styleOf({ in: place, style, explode, schema }: Parameter): Place['style'] | undefined {
  if (style === undefined || style === (place === 'query' ? 'form' : 'simple'))
    return place === 'query' && explode !== false
      ? schema['type'] === 'object'
        ? undefined
        : 'repeat'
      : 'comma';
  if (place !== 'query') return undefined;
  const named: Record<string, Place['style']> = {
    spaceDelimited: 'space',
    pipeDelimited: 'pipe',
    deepObject: 'deep',
  };
  return named[style];
}

function addBody(found: Arguments, { requestBody }: Operation, refuse: Refuse): void {
  if (!requestBody) return;
  const type = jsonType(requestBody.content);
  if (type === undefined)
    return refuse(
      ['requestBody'],
      `has no JSON body but ${Object.keys(requestBody.content).join(', ') || 'none'}`,
    );
  const schema = requestBody.content[type]?.schema ?? {};
  const place = { style: 'repeat', check: undefined } as const;
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  if (schema['type'] !== 'object' || !properties || schema['oneOf'] || schema['anyOf'])
    return addArgument(found, { ...place, in: 'body', name: 'body' }, schema, requestBody.required);
  const required = (schema['required'] ?? []) as string[];
  for (const [name, member] of Object.entries(properties)) {
    const target: Place = {
      ...place,
      in: 'member',
      name,
      check: member['x-vestibule-check'] as string | undefined,
    };
    if (member['x-vestibule-value'] === 'call-id') found.filled.push(target);
    else if (member['x-vestibule-value'] !== 'omit' && member['readOnly'] !== true)
      addArgument(found, target, member, requestBody.required && required.includes(name));
  }
}

/** Models take only plain names for arguments, and two of one name are told apart by where they go. */
function addArgument(found: Arguments, place: Place, schema: JsonSchema, required: boolean): void {
  const plain = place.name.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replaceAll(/^_+|_+$/g, '');
  const name = found.args.has(plain) ? `${place.in === 'member' ? 'body' : place.in}_${plain}` : plain;
  found.args.set(name, place);
  found.properties[name] = shown(schema);
  if (required) found.required.push(name);
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

/** The schema of the first success that is JSON. */
function answerOf({ responses }: Operation): JsonSchema | undefined {
  for (const [code, { content }] of Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const type = code.startsWith('2') ? jsonType(content) : undefined;
    if (type !== undefined) return content[type]?.schema;
  }
  return undefined;
}

/** MCP's structuredContent is an object: any other answer is its `result`. */
export const wrapped = (schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { result: schema },
  required: ['result'],
});

const jsonType = (content: Record<string, unknown>) =>
  Object.keys(content).find((type) => /^application\/(?:[\w.+-]+\+)?json(?:;|$)/.test(type));
