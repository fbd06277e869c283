import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonLogger } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { checkResource } from './schema/check.ts';
import { Refusal } from './outcome.ts';
import { startLocalFhir } from './server.ts';
import { auditEvent, communication, issuesOf, put, response, system, testServer } from './testing/client.ts';

interface Loose {
  resourceType: string;
  [element: string]: unknown;
}

/** Faults of a resource as `code path`. */
function faultsOf(resource: Loose): string[] {
  try {
    checkResource(resource);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.issues.map(({ code, expression }) => `${code} ${expression}`);
  }
}

describe('resources', () => {
  const provenance = {
    resourceType: 'Provenance',
    target: [{ reference: 'QuestionnaireResponse/1' }],
    recorded: '2026-11-23T15:00:00Z',
    agent: [{ who: { display: 'us' } }],
  };

  test('that are as R4 has them are taken', () => {
    for (const one of [response, communication('urn:x'), auditEvent, provenance])
      assert.deepEqual(faultsOf(one), []);
  });

  const bad: readonly (readonly [string, Loose, readonly string[]])[] = [
    [
      'everything that AuditEvent needs',
      { resourceType: 'AuditEvent' },
      ['type', 'recorded', 'agent', 'source'].map((name) => `required AuditEvent.${name}`),
    ],
    [
      'an agent who says whether they asked',
      { ...auditEvent, agent: [{}] },
      ['required AuditEvent.agent[0].requestor'],
    ],
    [
      'a target, an agent and its who',
      { ...provenance, target: [], agent: [{ type: { text: 'x' } }] },
      ['value Provenance.target', 'required Provenance.agent[0].who'],
    ],
    ['known elements only', { ...response, patient: 'x' }, ['structure QuestionnaireResponse']],
    [
      'codes of the required value sets',
      { ...communication('x'), priority: 'high', status: 'done' },
      ['value Communication.status', 'value Communication.priority'],
    ],
    [
      'an instant with its time zone',
      { ...auditEvent, recorded: '2026-11-23T15:00:00' },
      ['value AuditEvent.recorded'],
    ],
    [
      'one content in a payload',
      { ...communication('x'), payload: [{}] },
      ['invariant Communication.payload[0]'],
    ],
    [
      'one value in an answer, no empty text, no empty list',
      {
        ...response,
        item: [
          { linkId: 'a', answer: [{ valueString: 'x', valueInteger: 1 }] },
          { linkId: 'b', answer: [{ valueString: ' ' }], text: '' },
          { linkId: 'c', answer: [] },
        ],
      },
      [
        'invariant QuestionnaireResponse.item[0].answer[0]',
        'value QuestionnaireResponse.item[1].text',
        'value QuestionnaireResponse.item[1].answer[0].valueString',
        'value QuestionnaireResponse.item[2].answer',
      ],
    ],
    ['to be of a type that is kept', { resourceType: 'Patient' }, ['not-supported Patient']],
  ];
  for (const [what, resource, faults] of bad) {
    test(`need ${what}`, () => assert.deepEqual(faultsOf(resource).sort(), [...faults].sort()));
  }

  test('may say why an answer has no value', () => {
    const extension = [
      { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
    ];
    assert.deepEqual(
      faultsOf({
        ...response,
        item: [{ linkId: 'a', answer: [{ _valueDate: { extension } }] }],
      }),
      [],
    );
  });
});

describe('what is stored', () => {
  test('is found by identifier, tag and id, with or without the system, and not by half of it', async () => {
    const { transaction, ask } = testServer();
    await transaction(put(response), {
      resource: auditEvent,
      request: { method: 'POST', url: 'AuditEvent' },
    });
    const count = async (search: string) => (await ask('GET', `/fhir/${search}`)).body['total'];
    assert.equal(await count(`QuestionnaireResponse?identifier=${system}|c1`), 1);
    assert.equal(await count('QuestionnaireResponse?identifier=c1'), 1);
    assert.equal(await count(`QuestionnaireResponse?identifier=${system}|`), 1);
    assert.equal(await count('QuestionnaireResponse?identifier=urn:other|c1,none,c1'), 1);
    assert.equal(await count('QuestionnaireResponse?identifier=urn:other|c1'), 0);
    assert.equal(await count('QuestionnaireResponse?identifier=c'), 0);
    assert.equal(await count('QuestionnaireResponse?_id=1&identifier=c2'), 0);
    assert.equal(await count(`AuditEvent?_tag=${system}|c1`), 1);
    assert.equal(await count('AuditEvent?_id=2'), 1);
    assert.equal((await ask('GET', '/fhir/AuditEvent?date=2026')).status, 400);
    assert.equal((await ask('GET', '/fhir/AuditEvent')).status, 400);
  });

  test('is read with its version, and is gone once deleted; deleting again is no fault', async () => {
    const { transaction, ask } = testServer();
    await transaction(put(response));
    const read = await ask('GET', '/fhir/QuestionnaireResponse/1');
    assert.deepEqual([read.status, read.headers.get('etag'), read.body['id']], [200, 'W/"1"', '1']);
    assert.equal((await ask('GET', '/fhir/QuestionnaireResponse/2')).status, 404);
    for (let time = 0; time < 2; time++)
      assert.equal((await ask('DELETE', '/fhir/QuestionnaireResponse/1')).status, 204);
    assert.equal((await ask('GET', '/fhir/QuestionnaireResponse/1')).status, 410);
    await transaction(put(response));
    assert.equal(
      (await ask('GET', '/fhir/QuestionnaireResponse/2')).status,
      200,
      'a new one under the same identifier',
    );
  });
});

describe('the server', () => {
  test('says in each answer, and in its CapabilityStatement, that it is a stand-in', async () => {
    const { app } = testServer();
    const answer = await app.request('/fhir/metadata');
    const { software, fhirVersion } = (await answer.json()) as {
      software: { name: string };
      fhirVersion: string;
    };
    assert.match(software.name, /stand-in/);
    assert.equal(fhirVersion, '4.0.1');
    assert.equal(answer.headers.get('x-vestibule-stand-in'), 'local-fhir');
  });

  test('lets nobody in without the token, and takes FHIR’s JSON only', async () => {
    const { app, ask } = testServer();
    for (const authorization of ['', 'Bearer wrong', 'secret']) {
      const answer = await app.request('/fhir', { method: 'POST', body: '{}', headers: { authorization } });
      assert.equal(answer.status, 401);
    }
    assert.equal((await ask('POST', '/fhir', '<Bundle/>', 'application/fhir+xml')).status, 415);
    assert.deepEqual(issuesOf(await ask('POST', '/fhir', '{')), ['structure']);
    assert.equal((await ask('PUT', '/fhir/QuestionnaireResponse/1', response)).status, 404);
  });

  test('fails on demand, also after the work is done', async () => {
    const { transaction, ask, store } = testServer();
    const expected = [
      ['throttle', 429, 0],
      ['unavailable', 503, 0],
      ['conflict', 409, 0],
      ['after', 504, 1],
    ] as const;
    for (const [kind, status, stored] of expected) {
      assert.equal((await ask('POST', '/_local/faults', { kind, next: 1 })).status, 204);
      assert.equal((await transaction(put(response))).status, status);
      assert.equal(store.all().length, stored, kind);
    }
    assert.equal((await transaction(put(response))).status, 200);
  });

  test('listens where it is told, and names every wrong variable', async () => {
    const logger = jsonLogger('test', { write: () => undefined });
    const server = await startLocalFhir({ host: '127.0.0.1', port: 0, token: 't' }, logger);
    assert.equal((await fetch(`${server.url}/metadata`)).status, 200);
    await server.stop();
    assert.throws(() => readEnvironment({ LOCAL_FHIR_LISTEN: 'x' }), /LOCAL_FHIR_LISTEN.*LOCAL_FHIR_TOKEN/);
  });
});
