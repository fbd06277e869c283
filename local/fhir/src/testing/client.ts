import { jsonLogger } from '@vestibule/core';
import { fhirApp } from '../app.ts';
import type { Resource } from '../schema/resources.ts';
import { Store } from '../store.ts';

const startedAt = '2026-11-23T15:00:00.000Z';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** The server without a socket: its ids are `1`, `2` …, its clock stands still. */
export function testServer() {
  let ids = 0;
  const store = new Store({ now: () => Date.parse(startedAt), newId: () => String(++ids) });
  const logger = jsonLogger('test', { write: () => undefined });
  const app = fhirApp({ token: 'secret', store, logger, startedAt });
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    type = 'application/fhir+json',
  ): Promise<Answer> => {
    const response = await app.request(path, {
      method,
      headers: { authorization: 'Bearer secret', 'content-type': type },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body: parsed };
  };
  const transaction = (...entry: object[]) =>
    ask('POST', '/fhir', { resourceType: 'Bundle', type: 'transaction', entry });
  return { app, store, ask, transaction };
}

/** The issues of an OperationOutcome as `code expression`. */
export const issuesOf = ({ body }: Answer) =>
  (body['issue'] as { code: string; expression?: string[] }[]).map(({ code, expression = [] }) =>
    [code, ...expression].join(' '),
  );

export const responsesOf = ({ body }: Answer) =>
  (body['entry'] as { response: Record<string, string> }[]).map(({ response }) => response);

export const system = 'urn:calls';
export const response: Resource = {
  resourceType: 'QuestionnaireResponse',
  identifier: { system, value: 'c1' },
  status: 'completed',
  item: [{ linkId: 'a', answer: [{ valueString: 'x' }] }],
};
export const communication = (reference: string): Resource => ({
  resourceType: 'Communication',
  identifier: [{ system: 'urn:flags', value: 'c1/f' }],
  status: 'completed',
  about: [{ reference }],
  payload: [{ contentString: 'red flag' }],
});
export const auditEvent: Resource = {
  resourceType: 'AuditEvent',
  meta: { tag: [{ system, code: 'c1' }] },
  type: { system: 'urn:t', code: 'x' },
  recorded: startedAt,
  agent: [{ requestor: true }],
  source: { observer: { display: 'us' } },
};
export const put = (resource: Resource, fullUrl?: string, value = 'c1') => ({
  ...(fullUrl !== undefined && { fullUrl }),
  resource,
  request: {
    method: 'PUT',
    url: `${resource.resourceType}?identifier=${encodeURIComponent(`${system}|${value}`)}`,
  },
});
