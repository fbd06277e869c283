import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { readDocument } from './document.ts';
import { mapOperation, toolName } from './mapping.ts';
import { readOperation } from './operation.ts';

const florizel = readDocument(
  readFileSync(new URL('../../../../local/florizel/openapi.yaml', import.meta.url), 'utf8'),
);

function read(document: typeof florizel, operationId: string) {
  const raw = document.operations.find((one) => one.operationId === operationId);
  assert.ok(raw, operationId);
  const found = readOperation(document, raw);
  return 'faults' in found ? found : mapOperation(found.operation, document);
}
function mapped(operationId: string, document = florizel) {
  const found = read(document, operationId);
  assert.ok('mapped' in found, JSON.stringify(found));
  return found.mapped;
}
const faultsOf = (operation: object, extra: object = {}) => {
  const found = read(readDocument(fileWith(operation, extra)), 'x');
  return 'faults' in found ? found.faults.map(({ path, message }) => `${path}: ${message}`) : [];
};
const fileWith = (operation: object, extra: object = {}) =>
  JSON.stringify({
    openapi: '3.1.0',
    paths: { '/things/{id}': { put: { operationId: 'x', 'x-vestibule-verified-only': true, ...operation } } },
    ...extra,
  });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

describe('tools out of the backend’s OpenAPI file', () => {
  test('are named as models and vestibule.yaml name them', () => {
    assert.deepEqual(['findPatient', 'createCase', 'get', 'cases.open-one'].map(toolName), [
      'find_patient',
      'create_case',
      'get',
      'cases_open_one',
    ]);
  });

  test('say whether they only read, destroy, and may be repeated', () => {
    const hints = (operationId: string) => {
      const { readOnlyHint, destructiveHint, idempotentHint } =
        mapped(operationId).definition.annotations ?? {};
      return [readOnlyHint, destructiveHint, idempotentHint];
    };
    assert.deepEqual(hints('findPatient'), [true, false, true]);
    assert.deepEqual(hints('createCase'), [false, false, true]);
    assert.deepEqual(hints('updateCase'), [false, true, false]);
  });

  test('are for verified callers, except those that only add', () => {
    const ids = florizel.operations.map(({ operationId }) => operationId);
    const made = ids.filter((operationId) => 'mapped' in read(florizel, operationId));
    assert.deepEqual(
      ids.filter((operationId) => !made.includes(operationId)),
      ['eraseCallBack'],
    );
    const open = made.filter((operationId) => !mapped(operationId).verifiedOnly);
    assert.deepEqual(open.sort(), ['bookCallBack', 'createCase']);
  });

  test('take parameters and body as one flat object, without what the call itself fills or the client must not set', () => {
    const { definition, args, filled, keyHeader } = mapped('createCase');
    assert.deepEqual(Object.keys(definition.inputSchema.properties ?? {}), [
      'reason',
      'summary',
      'priority',
      'patientId',
      'callBackNumber',
    ]);
    assert.deepEqual(definition.inputSchema.required, ['reason']);
    assert.deepEqual([...new Set([...args.values()].map((place) => place.in))], ['member']);
    assert.deepEqual([filled.map(({ name }) => name), keyHeader], [['callId'], 'Idempotency-Key']);
    assert.deepEqual(mapped('updateCase').args.get('caseId')?.in, 'path');
    assert.deepEqual(mapped('listCallBacks').definition.inputSchema.properties, {});
  });

  test('carry schemas that stand alone: references followed, their siblings kept, own marks removed', () => {
    const { inputSchema, outputSchema } = mapped('createCase').definition;
    assert.deepEqual(inputSchema.properties?.['priority'], {
      type: 'string',
      enum: ['routine', 'urgent'],
      description: 'urgent when somebody must look at it today',
    });
    assert.doesNotMatch(JSON.stringify([inputSchema, outputSchema]), /\$ref|x-vestibule/);
  });
});

describe('what has no place in a tool is a fault at its place in the file', () => {
  test('a file that is no OpenAPI 3.0 or 3.1, as a whole', () => {
    for (const text of [
      'swagger: "2.0"\npaths: {}',
      '[]',
      'openapi: 3.1.0\npaths: 7',
      '{',
      'openapi: 4.0.0',
    ]) {
      assert.throws(
        () => readDocument(text),
        (error) => isCodedError(error, 'invalid-openapi'),
        text,
      );
    }
  });

  test('references that lead nowhere, elsewhere or round in a circle', () => {
    const tree = { type: 'object', properties: { t: { $ref: '#/components/schemas/T' } } };
    const body = ($ref: string) => ({ requestBody: json({ $ref }) });
    for (const [ref, message] of [
      ['#/none', '#/none leads nowhere'],
      ['#/__proto__/x', '#/__proto__/x leads nowhere'],
      ['other.yaml#/T', 'other.yaml#/T lies in another file'],
      ['#/components/schemas/T', '#/components/schemas/T holds itself'],
    ] as const)
      assert.deepEqual(faultsOf(body(ref), { components: { schemas: { T: tree } } }), [
        `paths./things/{id}.put: ${message}`,
      ]);
  });

  test('all of an operation’s, together', () => {
    assert.deepEqual(
      faultsOf({
        parameters: [
          { name: 'session', in: 'cookie', required: true },
          { name: 'f', in: 'path', required: true, style: 'matrix' },
        ],
        requestBody: { content: { 'multipart/form-data': {} } },
      }),
      [
        'paths./things/{id}.put.parameters: needs the cookie session',
        'paths./things/{id}.put.parameters: f has the style matrix, which is not understood',
        'paths./things/{id}.put.requestBody: has no JSON body but multipart/form-data',
      ],
    );
    assert.deepEqual(
      faultsOf({ parameters: [{ name: 'q', in: 'matrix' }] })[0]?.split(': ')[0],
      'paths./things/{id}.put.parameters.0.in',
    );
  });

  test('with its line', () => {
    const text = [
      'openapi: 3.0.3',
      'paths:',
      '  /a:',
      '    get:',
      '      operationId: x',
      '      parameters: [{ $ref: "#/gone" }]',
    ].join('\n');
    const found = read(readDocument(text), 'x');
    assert.equal('faults' in found && found.faults[0]?.line, 4);
  });

  test('an answer that does not say whose it is: any verified caller would see everybody’s', () => {
    const patient = { type: 'object', properties: { name: { type: 'string' } } };
    const get = { 'x-vestibule-verified-only': undefined, responses: { 200: json(patient) } };
    assert.match(faultsOf(get)[0] ?? '', /does not say whose its answer is/);
    assert.deepEqual(faultsOf({ ...get, 'x-vestibule-verified-only': false }), []);
    const marked = {
      ...patient,
      properties: { tel: { type: 'string', 'x-vestibule-owner': 'caller-number' } },
    };
    assert.deepEqual(faultsOf({ ...get, responses: { 200: json({ type: 'array', items: marked }) } }), []);
  });
});
