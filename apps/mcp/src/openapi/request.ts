import { z } from 'zod';
import { type ArgumentFault, ToolFailure } from '../tools/failure.ts';
import type { ToolAnswer, ToolContext } from '../tools/tool.ts';
import type { MappedOperation, Place } from './mapping.ts';

export interface Backend {
  url: string;
  token: string;
  fetch: typeof globalThis.fetch;
}

/** No answer that could be spoken is longer; a backend that never ends is cut here. */
const largestAnswerBytes = 256 * 1024;

/** Sends one operation's request. @throws ToolFailure */
export async function requestOperation(
  mapped: MappedOperation,
  args: Record<string, unknown>,
  context: ToolContext,
  backend: Backend,
): Promise<ToolAnswer> {
  const { url, init } = buildRequest(mapped, args, context, backend);
  try {
    const response = await backend.fetch(url, init);
    const text = await readLimited(response);
    if (!response.ok) throw failureOf(response.status, text);
    return JSON.parse(text) as ToolAnswer;
  } catch (error) {
    if (error instanceof ToolFailure) throw error;
    if (context.signal.aborted) throw new ToolFailure('backend-timeout', { cause: error });
    throw new ToolFailure(error instanceof SyntaxError ? 'backend-failed' : 'backend-unavailable', {
      cause: error,
    });
  }
}

function buildRequest(
  { operation, places, callIdMembers, keyHeader }: MappedOperation,
  args: Record<string, unknown>,
  { callId, idempotencyKey, signal }: ToolContext,
  { url: base, token }: Backend,
): { url: URL; init: RequestInit } {
  const at = (place: Place) => Object.entries(args).filter(([name]) => places.get(name) === place);
  const path = at('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))),
    operation.path,
  );
  const url = new URL(`${base}${path}`);
  for (const [name, value] of at('query')) {
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  const headers = new Headers({ authorization: `Bearer ${token}`, accept: 'application/json' });
  // Scoped to the call, so that two calls whose clients count 1, 2, 3 do not meet.
  if (keyHeader !== undefined) headers.set(keyHeader, `${callId}:${idempotencyKey}`);
  const init: RequestInit = { method: operation.method.toUpperCase(), headers, signal, redirect: 'error' };
  if (operation.requestBody) {
    headers.set('content-type', 'application/json');
    const filled = callIdMembers.map((name) => [name, callId]);
    init.body = JSON.stringify(Object.fromEntries([...at('body'), ...filled]));
  }
  return { url, init };
}

async function readLimited(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > largestAnswerBytes) throw new ToolFailure('backend-failed');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** An HTTP status, once, as the failure it means to a caller. */
function failureOf(status: number, text: string): ToolFailure {
  const problem = readProblem(text);
  if (status === 409 || problem.code === 'idempotency-conflict')
    return new ToolFailure('idempotency-conflict');
  if (status === 400 || status === 422)
    return new ToolFailure('invalid-arguments', { faults: problem.faults });
  if (status === 404) return new ToolFailure('not-found');
  if (status === 429 || status === 503) return new ToolFailure('backend-unavailable');
  if (status === 504 || status === 408) return new ToolFailure('backend-timeout');
  return new ToolFailure(status >= 500 ? 'backend-failed' : 'backend-refused');
}

/** RFC 9457 as far as it is understood; anything else says nothing. */
const problemSchema = z.object({
  code: z.string().optional(),
  title: z.string().default(''),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

function readProblem(text: string): { code?: string | undefined; faults: ArgumentFault[] } {
  const { code, title, faults } = problemSchema.parse(problemSchema.safeParse(parseJson(text)).data ?? {});
  const general = title === '' ? [] : [{ path: '', message: title }];
  return { code, faults: faults.length > 0 ? faults.slice(0, 10) : general };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
