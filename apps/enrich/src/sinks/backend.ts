import { isCodedError } from '@vestibule/core';
import { z } from 'zod';
import type { CallRecord, Enrichment } from '../enrichment/enrichment.ts';
import { EnrichError } from '../errors.ts';

export interface Backend {
  url: string;
  token: string;
  fetch: typeof globalThis.fetch;
}

const timeoutMs = 5_000;
const caseSchema = z.object({ caseId: z.string() });

/**
 * The call's case in the backend: opened under the call's id with a body that never differs, then brought to what the
 * enrichment says. Each half may be repeated at will. @returns the caseId. @throws EnrichError
 */
export async function fileCase(
  backend: Backend,
  { manifest }: CallRecord,
  { summary, codes, callId }: Enrichment,
): Promise<string> {
  const opened = { reason: `Telephone intake ${manifest.questionnaire.id}`.slice(0, 300), callId };
  const { caseId } = await send(backend, 'POST', '/cases', opened, { 'idempotency-key': callId });
  await send(backend, 'PATCH', `/cases/${encodeURIComponent(caseId)}`, {
    reason: (summary.reason ?? opened.reason).slice(0, 300),
    summary: summary.text.slice(0, 4000),
    ...(summary.callBackNumber !== undefined && { callBackNumber: summary.callBackNumber }),
    // A concern is to be read, not to be run for.
    priority: summary.redFlags.some(({ severity }) => severity !== 'concern') ? 'urgent' : 'routine',
    codes: codes.slice(0, 100).map(({ system, code, display }) => ({ system, code, display })),
  });
  return caseId;
}

async function send(
  { url, token, fetch }: Backend,
  method: 'POST' | 'PATCH',
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<z.infer<typeof caseSchema>> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw failureOf(response.status);
    return caseSchema.parse(await response.json());
  } catch (error) {
    if (isCodedError(error)) throw error;
    throw new EnrichError('backend-unavailable', { cause: error });
  }
}

function failureOf(status: number): EnrichError {
  const later = status >= 500 || status === 429 || status === 408;
  return new EnrichError(later ? 'backend-unavailable' : 'backend-refused', { detail: `status ${status}` });
}
