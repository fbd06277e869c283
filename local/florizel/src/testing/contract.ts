import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

interface Document {
  paths: Record<string, Record<string, Operation | undefined>>;
}
interface Operation {
  operationId: string;
  responses: Record<string, { $ref?: string; content?: object } | undefined>;
}

const file = parse(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(file, 'openapi');

/** Pointer segments as RFC 6901 and a URI fragment want them. */
const escape = (segment: string) => encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));

export const operations: readonly string[] = Object.values(file.paths).flatMap((path) =>
  Object.values(path).flatMap((operation) => operation?.operationId ?? []),
);

/** Null when the response is as the file says for this operation; else what differs. */
export async function differences(operationId: string, response: Response): Promise<string | null> {
  const [path, method, operation] = locate(operationId);
  const status = String(response.status);
  const declared = operation.responses[status];
  if (!declared) return `${operationId} declares no ${status}`;
  if (!declared.$ref && !declared.content) {
    return (await response.clone().text()) === '' ? null : `${operationId} declares no body for ${status}`;
  }
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const base = declared.$ref ?? `#/paths/${escape(path)}/${method}/responses/${status}`;
  const validate = ajv.getSchema(`openapi${base}/content/${escape(type)}/schema`);
  if (!validate) return `${operationId} declares no ${type} for ${status}`;
  const valid = validate(await response.clone().json());
  return valid ? null : ajv.errorsText(validate.errors);
}

function locate(operationId: string): [string, string, Operation] {
  for (const [path, methods] of Object.entries(file.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation?.operationId === operationId) return [path, method, operation];
    }
  }
  throw new Error(`no operation ${operationId}`);
}
