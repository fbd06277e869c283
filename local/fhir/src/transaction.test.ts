import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  auditEvent,
  communication,
  issuesOf,
  put,
  response,
  responsesOf,
  system,
  testServer,
} from './testing/client.ts';

const urn = 'urn:uuid:5b0c5c9e-6b0d-5d6a-9a43-3d9f0f6f3f01';
const flag = (reference = urn) => ({
  resource: communication(reference),
  request: { method: 'PUT', url: 'Communication?identifier=urn:flags|c1/f' },
});
const audit = (ifNoneExist = `_tag=${system}|c1`) => ({
  resource: auditEvent,
  request: { method: 'POST', url: 'AuditEvent', ifNoneExist },
});

describe('a transaction', () => {
  test('creates, and references to a fullUrl become references to what was created, wherever the entry stands', async () => {
    const { transaction, ask } = testServer();
    const answer = await transaction(flag(), put(response, urn), audit());
    assert.equal(answer.status, 200);
    assert.deepEqual(
      responsesOf(answer).map(({ status, location, etag }) => [status, location, etag]),
      [
        ['201 Created', 'Communication/1/_history/1', 'W/"1"'],
        ['201 Created', 'QuestionnaireResponse/2/_history/1', 'W/"1"'],
        ['201 Created', 'AuditEvent/3/_history/1', 'W/"1"'],
      ],
    );
    const { body } = await ask('GET', '/fhir/Communication/1');
    assert.deepEqual(body['about'], [{ reference: 'QuestionnaireResponse/2' }]);
  });

  test('that comes again updates what is there, and creates nothing', async () => {
    const { transaction, store } = testServer();
    await transaction(put(response, urn), flag(), audit());
    const again = await transaction(put({ ...response, status: 'amended' }, urn), flag(), audit());
    assert.deepEqual(
      responsesOf(again).map(({ status, location }) => [status, location]),
      [
        ['200 OK', 'QuestionnaireResponse/1/_history/2'],
        ['200 OK', 'Communication/2/_history/2'],
        ['200 OK', 'AuditEvent/3/_history/1'],
      ],
    );
    assert.equal(store.all().length, 3);
    assert.equal(store.read('QuestionnaireResponse', '1')['status'], 'amended');
  });

  test('with one bad entry leaves everything as it was', async () => {
    const { transaction, store } = testServer();
    const answer = await transaction(put(response, urn), {
      ...flag(),
      resource: { resourceType: 'Communication' },
    });
    assert.equal(answer.status, 422);
    assert.deepEqual(issuesOf(answer), ['value Bundle.entry[1].resource.status']);
    assert.deepEqual(store.all(), []);
  });

  test('whose condition matches several is refused with 412', async () => {
    const { transaction, store } = testServer();
    const twin = { resource: response, request: { method: 'POST', url: 'QuestionnaireResponse' } };
    await transaction(twin);
    await transaction(twin);
    for (const entry of [
      put(response),
      { ...twin, request: { ...twin.request, ifNoneExist: `identifier=${system}|c1` } },
    ]) {
      const answer = await transaction(entry);
      assert.deepEqual([answer.status, issuesOf(answer)], [412, ['multiple-matches Bundle.entry[0]']]);
    }
    assert.equal(store.all().length, 2);
  });

  const refused: readonly (readonly [string, readonly object[], number, string])[] = [
    ['a reference to no entry', [flag()], 400, 'not-found'],
    ['a reference to nothing', [flag('QuestionnaireResponse/9')], 409, 'conflict'],
    ['the same resource twice', [put(response), put(response)], 400, 'invariant'],
    ['a fullUrl twice', [put(response, urn), { ...audit(), fullUrl: urn }], 400, 'invariant'],
    [
      'a type that is not kept',
      [{ ...audit(), request: { method: 'POST', url: 'Patient' } }],
      400,
      'not-supported',
    ],
    ['a resource of another type', [{ ...put(response), resource: auditEvent }], 400, 'value'],
    ['a condition by what cannot be searched for', [audit('entity=x')], 400, 'not-supported'],
    [
      'an id that is not the URL’s',
      [{ resource: response, request: { method: 'PUT', url: 'QuestionnaireResponse/7' } }],
      400,
      'value',
    ],
    ['no request', [{ resource: response }], 400, 'required'],
    ['no entry', [], 400, 'value'],
  ];
  for (const [what, entries, status, code] of refused) {
    test(`with ${what} is refused`, async () => {
      const { transaction, store } = testServer();
      const answer = await transaction(...entries);
      assert.equal(answer.status, status);
      assert.equal(issuesOf(answer)[0]?.split(' ')[0], code);
      assert.deepEqual(store.all(), []);
    });
  }

  test('deletes a resource and what refers to it together, and by itself only what nothing refers to', async () => {
    const { transaction, ask, store } = testServer();
    await transaction(put(response, urn), flag());
    const alone = await ask('DELETE', '/fhir/QuestionnaireResponse/1');
    assert.equal(alone.status, 409);
    const remove = (url: string) => ({ request: { method: 'DELETE', url } });
    const answer = await transaction(remove('QuestionnaireResponse/1'), remove('Communication/2'));
    assert.deepEqual(responsesOf(answer), [{ status: '204 No Content' }, { status: '204 No Content' }]);
    assert.deepEqual(store.all(), []);
  });
});
