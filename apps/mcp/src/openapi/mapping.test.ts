import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { parseOpenApi } from './document.ts';
import { mapOperation, toolName } from './mapping.ts';

const florizel = parseOpenApi(
  readFileSync(new URL('../../../../local/florizel/openapi.yaml', import.meta.url), 'utf8'),
);
const mapped = (operationId: string) => {
  const operation = florizel.get(operationId);
  assert.ok(operation);
  return mapOperation(operation);
};

const document = (operation: object, extra: object = {}) =>
  JSON.stringify({
    openapi: '3.1.0',
    paths: { '/things/{id}': { put: { operationId: 'x', ...operation } } },
    ...extra,
  });
const first = (text: string) => {
  const operation = parseOpenApi(text).get('x');
  assert.ok(operation);
  return mapOperation(operation);
};

describe('tools out of the backend’s OpenAPI file', () => {
  test('are named as models and vestibule.yaml name them', () => {
    assert.deepEqual(['findPatient', 'createCase', 'get'].map(toolName), [
      'find_patient',
      'create_case',
      'get',
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
    const open = [...florizel.keys()].filter((operationId) => !mapped(operationId).verifiedOnly);
    assert.deepEqual(open.sort(), ['bookCallBack', 'createCase']);
  });

  test('take parameters and body as one flat object, without what the call itself fills or the client must not set', () => {
    const { definition, places, callIdMembers, keyHeader } = mapped('createCase');
    assert.deepEqual(Object.keys(definition.inputSchema.properties ?? {}), [
      'reason',
      'summary',
      'priority',
      'patientId',
      'callBackNumber',
    ]);
    assert.deepEqual(definition.inputSchema.required, ['reason']);
    assert.deepEqual([...new Set(places.values())], ['body']);
    assert.deepEqual([callIdMembers, keyHeader], [['callId'], 'Idempotency-Key']);
    assert.deepEqual(mapped('updateCase').places.get('caseId'), 'path');
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

describe('a file that cannot be made into tools is refused', () => {
  test('when it is not OpenAPI 3.1 or a reference leads nowhere', () => {
    for (const text of ['openapi: 3.0.3\npaths: {}', '[]', document({ requestBody: { $ref: '#/none' } })]) {
      assert.throws(
        () => parseOpenApi(text),
        (error) => isCodedError(error, 'invalid-openapi'),
      );
    }
  });

  test('when a schema holds itself or lies in another file', () => {
    const tree = {
      components: {
        schemas: { T: { type: 'object', properties: { t: { $ref: '#/components/schemas/T' } } } },
      },
    };
    const body = ($ref: string) => ({
      requestBody: { content: { 'application/json': { schema: { $ref } } } },
    });
    for (const text of [document(body('#/components/schemas/T'), tree), document(body('other.yaml#/T'))]) {
      assert.throws(
        () => parseOpenApi(text),
        (error) => isCodedError(error, 'unsupported-openapi'),
      );
    }
  });

  test('when two arguments share a name, a header is needed, or the body is no object', () => {
    const id = { name: 'id', in: 'path', required: true };
    const body = (schema: object) => ({ requestBody: { content: { 'application/json': { schema } } } });
    for (const operation of [
      { parameters: [id, { name: 'id', in: 'query' }] },
      { parameters: [{ name: 'x-tenant', in: 'header', required: true }] },
      body({ type: 'array' }),
    ]) {
      assert.throws(
        () => first(document(operation)),
        (error) => isCodedError(error, 'unsupported-openapi'),
      );
    }
  });
});
