import { ToolFailure } from '../tools/failure.ts';
import type { ToolContext } from '../tools/tool.ts';
import type { MappedOperation, Place } from './mapping.ts';
import type { Backend } from './request.ts';

type Valued = Place & { argument: string; value: unknown };

/** The HTTP request of one operation. @throws ToolFailure `invalid-arguments` for what would lead elsewhere. */
export function buildRequest(
  mapped: MappedOperation,
  args: Record<string, unknown>,
  { callId, idempotencyKey, signal }: ToolContext,
  backend: Pick<Backend, 'url' | 'token'>,
): { url: URL; init: RequestInit } {
  const { operation, keyHeader } = mapped;
  const given: Valued[] = [
    ...Object.entries(args).flatMap(([argument, value]) => {
      const place = mapped.args.get(argument);
      return place ? [{ ...place, argument, value }] : [];
    }),
    ...mapped.filled.map((place) => ({ ...place, argument: place.name, value: callId })),
  ];
  const at = (place: Place['in']) => given.filter((one) => one.in === place);
  const url = new URL(`${backend.url}${pathOf(operation.path, at('path'))}`);
  for (const one of at('query')) addQuery(url, one);
  const headers = new Headers({ authorization: `Bearer ${backend.token}`, accept: 'application/json' });
  for (const one of at('header')) headers.set(one.name, headerValue(one));
  // Scoped to the call, so that two calls whose clients count 1, 2, 3 do not meet.
  if (keyHeader !== undefined) headers.set(keyHeader, `${callId}:${idempotencyKey}`);
  const init: RequestInit = { method: operation.method.toUpperCase(), headers, signal, redirect: 'error' };
  const body = bodyOf(mapped, at('member'), at('body'));
  if (body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(body);
  }
  return { url, init };
}

/**
 * A value is one segment and stays one. Percent-encoding alone would not do: a dot is not encoded, and there are backends
 * that decode a slash before they route.
 */
function pathOf(template: string, values: readonly Valued[]): string {
  return values.reduce((path, { name, argument, value }) => {
    const text = plainText(value);
    if (text === '' || /^\.{1,2}$/.test(text) || /[/\\%?#\p{Cc}]/u.test(text))
      throw refused(argument, 'is not an id');
    return path.replaceAll(`{${name}}`, () => encodeURIComponent(text));
  }, template);
}

function addQuery(url: URL, { name, style, value }: Valued): void {
  if (style === 'deep' && typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value))
      url.searchParams.append(`${name}[${key}]`, plainText(member));
  } else if (Array.isArray(value) && style === 'repeat') {
    for (const one of value) url.searchParams.append(name, plainText(one));
  } else url.searchParams.append(name, plainText(value, style));
}

function headerValue({ argument, value }: Valued): string {
  const text = plainText(value);
  if (!/^[\x20-\x7e]*$/.test(text)) throw refused(argument, 'must be visible ASCII characters');
  return text;
}

const separators: Partial<Record<Place['style'], string>> = { space: ' ', pipe: '|' };

function plainText(value: unknown, style: Place['style'] = 'comma'): string {
  if (Array.isArray(value)) return value.map(String).join(separators[style] ?? ',');
  if (typeof value === 'object' && value !== null) return Object.entries(value).flat().map(String).join(',');
  return String(value);
}

function bodyOf(
  { operation }: MappedOperation,
  members: readonly Valued[],
  [whole]: readonly Valued[],
): unknown {
  if (whole) return whole.value;
  if (!operation.requestBody || (members.length === 0 && !operation.requestBody.required)) return undefined;
  return Object.fromEntries(members.map(({ name, value }) => [name, value]));
}

const refused = (path: string, message: string) =>
  new ToolFailure('invalid-arguments', { faults: [{ path, message }] });
