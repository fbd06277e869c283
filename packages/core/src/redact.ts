/**
 * Removes what may not be logged: members whose key begins with `pii` (the project's mark for caller data), and
 * anything in a string that looks like a telephone number. A string that is a UUID stays whole. Depth-first; arrays kept; the input is not changed.
 */
export function redact<T>(value: T): T {
  return redactValue(value, 0) as T;
}

const maximumDepth = 8;
/** The edge's decisions are such: they name calls on its log. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const telephoneNumber = /\+?\d[\d\s().-]{7,}\d/g;

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return uuid.test(value) ? value : value.replace(telephoneNumber, maskNumber);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= maximumDepth) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      /^pii/i.test(key) ? '[redacted]' : redactValue(member, depth + 1),
    ]),
  );
}

/** Timestamps and ports stay; ten digits or more that are no ISO date are taken for a telephone number. */
function maskNumber(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text;
  return text.replace(/\D/g, '').length >= 10 ? '[number]' : text;
}
