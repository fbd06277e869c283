/** A property of a tool's JSON schema, as far as filling it needs. */
export interface Property {
  readonly name: string;
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly required: boolean;
  readonly description: string;
  readonly enum: readonly string[];
  readonly format?: string;
  readonly fallback?: unknown;
  /** Of an object, or of the objects in an array. */
  readonly properties: readonly Property[];
}

/** The properties of an object schema; `anyOf` with null, as zod and pydantic write optional ones, is seen through. */
export function propertiesOf(schema: unknown): Property[] {
  const object = record(schema);
  const required = Array.isArray(object['required']) ? (object['required'] as unknown[]) : [];
  return Object.entries(record(object['properties'])).map(([name, inner]) =>
    propertyOf(name, inner, required.includes(name)),
  );
}

function propertyOf(name: string, schema: unknown, required: boolean): Property {
  const own = record(schema);
  const inner = { ...own, ...unwrap(own) };
  const values = Array.isArray(inner['enum']) ? inner['enum'] : 'const' in inner ? [inner['const']] : [];
  const format = inner['format'];
  const type = typeOf(inner['type']);
  return {
    name,
    type,
    required,
    description: `${text(own['title'])} ${text(own['description'] ?? inner['description'])}`.trim(),
    enum: values.filter((value) => typeof value === 'string'),
    ...(typeof format === 'string' ? { format } : {}),
    ...('default' in own ? { fallback: own['default'] } : {}),
    properties: propertiesOf(type === 'array' ? inner['items'] : inner),
  };
}

function unwrap(schema: Record<string, unknown>): Record<string, unknown> {
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(choices)) return {};
  const constants = choices.map(record).filter((choice) => 'const' in choice);
  if (constants.length > 1) return { type: 'string', enum: constants.map((choice) => choice['const']) };
  return record(choices.find((choice) => record(choice)['type'] !== 'null'));
}

function typeOf(type: unknown): Property['type'] {
  const first = Array.isArray(type) ? (type as unknown[]).find((one) => one !== 'null') : type;
  switch (first) {
    case 'number':
    case 'integer':
    case 'boolean':
    case 'array':
    case 'object':
      return first;
    default:
      return 'string';
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
