import { parseJson } from '@vestibule/core';
import { z } from 'zod';
import { type ArgumentFault, ToolFailure } from '../tools/failure.ts';
import type { ToolAnswer, ToolContext } from '../tools/tool.ts';
import type { MappedOperation } from './mapping.ts';
import { ownPart, tellsOwner } from './owner.ts';
import { buildRequest } from './address.ts';

export interface Backend {
  url: string;
  token: string;
  fetch: typeof globalThis.fetch;
}

/** No answer that could be spoken is longer; a backend that never ends is cut here. */
const largestAnswerBytes = 256 * 1024;

/** Sends one operation's request, and gives the part of the answer that the caller may see. @throws ToolFailure */
export async function requestOperation(
  mapped: MappedOperation,
  args: Record<string, unknown>,
  context: ToolContext,
  backend: Backend,
): Promise<ToolAnswer> {
  const { url, init } = buildRequest(mapped, args, context, backend);
  try {
    const response = await backend.fetch(url, init);
    const text = await readLimited(response, largestAnswerBytes);
    if (!response.ok) throw failureOf(response.status, text);
    return answerIn(mapped, text, context);
  } catch (error) {
    if (error instanceof ToolFailure) throw error;
    if (context.signal.aborted) throw new ToolFailure('backend-timeout', { cause: error });
    throw new ToolFailure(error instanceof SyntaxError ? 'backend-failed' : 'backend-unavailable', {
      cause: error,
    });
  }
}

function answerIn({ answer: schema }: MappedOperation, text: string, { isOwn }: ToolContext): ToolAnswer {
  // 204, or a success of which the file promises no JSON.
  if (text === '' || !schema) return { done: true };
  const whole: unknown = JSON.parse(text);
  const part = tellsOwner(schema) ? ownPart(schema, whole, isOwn) : whole;
  if (part === undefined) throw new ToolFailure('not-found');
  const isObject = typeof part === 'object' && part !== null && !Array.isArray(part);
  return isObject && schema['type'] === 'object' ? (part as ToolAnswer) : { result: part };
}

/** @throws ToolFailure `backend-failed` when there is more. */
export async function readLimited(response: Response, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > most) throw new ToolFailure('backend-failed');
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
