import type { Bundle } from 'fhir/r4.d.ts';
import { isCodedError } from '@vestibule/core';
import { z } from 'zod';
import { EnrichError } from '../errors.ts';

export interface FhirServer {
  /** Its base, without a slash at the end. */
  url: string;
  /** Sent as a bearer token; undefined where the server wants none. */
  token: string | undefined;
  fetch: typeof globalThis.fetch;
}

const timeoutMs = 10_000;
const responseSchema = z.object({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.object({ response: z.object({ location: z.string().optional() }) })).min(1),
});
/** Of an OperationOutcome only codes and places: `diagnostics` may repeat what a caller said. */
const outcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.object({ code: z.string(), expression: z.array(z.string()).default([]) })),
});

/**
 * Carries out a transaction. @returns where its first entry's resource is, `Type/id`; undefined when the server does not say.
 * @throws EnrichError `fhir-refused`, with the issues' codes; `fhir-unavailable`
 */
export async function sendBundle(
  { url, token, fetch }: FhirServer,
  bundle: Bundle,
): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/fhir+json',
        'content-type': 'application/fhir+json',
        prefer: 'return=minimal',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(bundle),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw failureOf(response.status, await issuesIn(response));
    const [first] = responseSchema.parse(await response.json()).entry;
    return placeOf(first?.response.location);
  } catch (error) {
    if (isCodedError(error)) throw error;
    throw new EnrichError('fhir-unavailable', { cause: error });
  }
}

/** The version is left out: it may differ each time. */
const placeOf = (location = '') =>
  /([A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(location)?.[1];

/**
 * 401 and 403 are faults of the configuration, and 409 of a transaction that came second: the same Bundle is good once they are mended.
 * 412 is not: two resources stand under one identifier, and a person must say which is right.
 */
function failureOf(status: number, issues: string): EnrichError {
  const later = status >= 500 || [401, 403, 408, 409, 425, 429].includes(status);
  return new EnrichError(later ? 'fhir-unavailable' : 'fhir-refused', {
    detail: `status ${status}${issues}`,
  });
}

async function issuesIn(response: Response): Promise<string> {
  const outcome = outcomeSchema.safeParse(await response.json().catch(() => undefined));
  const places = outcome.data?.issue.map(({ code, expression }) =>
    [code, ...expression.filter(isPath)].join(' '),
  );
  return places === undefined ? '' : `, ${places.join('; ')}`.slice(0, 500);
}

/** A FHIRPath of names and indexes; anything else a server puts there may hold values. */
const isPath = (text: string) => /^[A-Za-z0-9_.[\]]+$/.test(text);
