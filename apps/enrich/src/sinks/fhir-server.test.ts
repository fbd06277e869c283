import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bundle } from 'fhir/r4.d.ts';
import { EnrichError } from '../errors.ts';
import { sendBundle } from './fhir-server.ts';

const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry: [] };
const answered = (location?: string) => ({
  resourceType: 'Bundle',
  type: 'transaction-response',
  entry: [{ response: { status: '200', ...(location !== undefined && { location }) } }],
});

/** Sends to a server that answers so. */
async function send(status: number, body: unknown, token: string | null = 't') {
  let asked: Request | undefined;
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    asked = new Request(input, init);
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  };
  const place = await sendBundle({ url: 'https://fhir.test/r4', token: token ?? undefined, fetch }, bundle);
  return { place, asked: asked! };
}

async function failure(status: number, body: unknown = {}): Promise<EnrichError> {
  try {
    await send(status, body);
  } catch (error) {
    if (error instanceof EnrichError) return error;
    throw error;
  }
  assert.fail('it did not fail');
}

describe('a FHIR server', () => {
  test('gets the Bundle at its base, with the token when there is one', async () => {
    const { asked } = await send(200, answered());
    assert.equal(asked.url, 'https://fhir.test/r4');
    assert.equal(asked.headers.get('authorization'), 'Bearer t');
    assert.equal(asked.headers.get('content-type'), 'application/fhir+json');
    assert.deepEqual(await asked.json(), bundle);
    const { asked: open } = await send(200, answered(), null);
    assert.equal(open.headers.get('authorization'), null);
  });

  test('says where the response is, in any of the forms that R4 allows', async () => {
    const forms = {
      'QuestionnaireResponse/7/_history/2': 'QuestionnaireResponse/7',
      'https://fhir.test/r4/QuestionnaireResponse/a-b.c/_history/1': 'QuestionnaireResponse/a-b.c',
      'QuestionnaireResponse/7': 'QuestionnaireResponse/7',
      'https://fhir.test/?id=1': undefined,
    };
    for (const [location, place] of Object.entries(forms)) {
      assert.equal((await send(200, answered(location))).place, place, location);
    }
    assert.equal((await send(200, answered())).place, undefined);
  });

  test('that may take it later is tried again', async () => {
    for (const status of [401, 403, 408, 409, 425, 429, 500, 502, 503, 504]) {
      const { code, retryable } = await failure(status);
      assert.deepEqual([code, retryable], ['fhir-unavailable', true], String(status));
    }
    for (const body of ['<html/>', { resourceType: 'Patient' }, { resourceType: 'Bundle' }]) {
      assert.equal((await failure(200, body)).code, 'fhir-unavailable');
    }
  });

  test('that never will is not, and the reason is told without what the caller said', async () => {
    const issue = [
      {
        code: 'required',
        expression: ['Bundle.entry[0].resource.status'],
        diagnostics: 'Maria Alvarez has none',
      },
      { code: 'value', expression: ["Bundle.where(name='Maria Alvarez')"] },
    ];
    for (const status of [400, 404, 405, 412, 413, 422]) {
      const { code, retryable, detail } = await failure(status, { resourceType: 'OperationOutcome', issue });
      assert.deepEqual([code, retryable], ['fhir-refused', false]);
      assert.equal(detail, `status ${status}, required Bundle.entry[0].resource.status; value`);
    }
    assert.equal((await failure(400, 'no JSON')).detail, 'status 400');
  });

  test('that cannot be reached is tried again', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    await assert.rejects(sendBundle({ url: 'https://fhir.test', token: undefined, fetch }, bundle), {
      code: 'fhir-unavailable',
    });
  });
});
