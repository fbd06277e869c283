import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

export const schemaFile = (name: 'schema' | 'example') =>
  JSON.parse(
    readFileSync(new URL(`../../schema/intake-completed.${name}.json`, import.meta.url), 'utf8'),
  ) as object;

const validate = new Ajv2020({ allErrors: true }).compile(schemaFile('schema'));

/** What of an event's detail is not as `schema/intake-completed.schema.json` promises its consumers. */
export function eventFaults(detail: unknown): string[] {
  validate(detail);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
