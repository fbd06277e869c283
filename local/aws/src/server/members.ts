import { z } from 'zod';
import { ServiceError } from './service-error.ts';

type Issue = z.core.$ZodIssue;

/** Bytes, base64 on the wire. Lengths in bytes, both inclusive. */
export function blob(minimum: number, maximum: number) {
  return z.base64().transform((text, context) => {
    const bytes = Buffer.from(text, 'base64');
    const bound = { origin: 'blob', inclusive: true, input: bytes };
    if (bytes.length < minimum) context.issues.push({ code: 'too_small', minimum, ...bound });
    if (bytes.length > maximum) context.issues.push({ code: 'too_big', maximum, ...bound });
    return bytes;
  });
}

/**
 * Narrows a request's members by a schema.
 * @throws ServiceError `SerializationException` for a value of another type, else `ValidationException` that names
 * every member at fault in the services' own words.
 */
export function readMembers<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const mistyped = issues.find((issue) => constraintOf(issue) === undefined);
  if (mistyped) {
    throw new ServiceError('SerializationException', 400, `${memberPath(mistyped)}: ${mistyped.message}`);
  }
  const count = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`;
  throw validation(`${count}: ${issues.map(violation).join('; ')}`);
}

export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message);
}

function violation(issue: Issue): string {
  return `${shown(issue.input)} at '${memberPath(issue)}' failed to satisfy constraint: Member must ${constraintOf(issue)}`;
}

/** What the member must do, or undefined when its type is wrong. */
function constraintOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.path.length > 0 ? 'not be null' : undefined;
    case 'too_small':
      return `have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_value':
      return issue.input === undefined
        ? 'not be null'
        : `satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    case 'invalid_format':
      return issue.format === 'regex'
        ? `satisfy regular expression pattern: ${issue.pattern?.replace(/^\/|\/$/g, '')}`
        : undefined;
    default:
      return undefined;
  }
}

function measure(origin: string): string {
  return origin === 'number' || origin === 'int' ? 'value' : 'length';
}

/** Blobs and lists are not repeated: the services hide the one, and write the other as Java would. */
function shown(input: unknown): string {
  if (input === undefined) return 'Value null';
  return typeof input === 'string' || typeof input === 'number' ? `Value '${input}'` : 'Value';
}

/** `entries.1.member.source`: members as the services' Java has them, lists counted from 1. */
function memberPath({ path }: Issue): string {
  return path
    .map((part) =>
      typeof part === 'number'
        ? `${part + 1}.member`
        : String(part).replace(/^[A-Z]/, (first) => first.toLowerCase()),
    )
    .join('.');
}
