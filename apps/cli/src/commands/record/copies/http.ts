import type { z } from 'zod';
import { LeftBehind } from './copy.ts';

/** An HTTP service that holds copies. */
export interface Service {
  /** Without a slash at its end. */
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
}

const timeoutMs = 15_000;

/** @throws LeftBehind when it does not answer, or with a status other than `accepted` and 2xx. */
export async function ask(
  { url, token }: Service,
  method: 'GET' | 'DELETE',
  path: string,
  accepted: readonly number[] = [],
): Promise<Response> {
  const response = await request(`${url}${path}`, method, token);
  if (response.ok || accepted.includes(response.status)) return response;
  throw new LeftBehind(`it answers ${response.status}`);
}

async function request(url: string, method: string, token: string | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
  } catch {
    throw new LeftBehind('it does not answer');
  }
}

/** @throws LeftBehind when the body is not what the service's contract says. */
export async function read<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new LeftBehind('it does not answer as its contract says');
}
