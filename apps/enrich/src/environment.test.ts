import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { readEnvironment } from './environment.ts';

const needed = {
  VESTIBULE_BACKEND_URL: 'https://backend.internal/',
  VESTIBULE_BACKEND_TOKEN: 'secret',
  OPENSEARCH_URL: 'https://search.internal',
  VESTIBULE_ARCHIVE_BUCKET: 'archive',
};

test('only archive, backend and search must be there; URLs lose their last slash', () => {
  const { backendUrl, fhir, questionnaires, region } = readEnvironment(needed);
  assert.deepEqual(
    [backendUrl, fhir, questionnaires, region],
    ['https://backend.internal', undefined, undefined, 'us-east-1'],
  );
});

test('a FHIR server may want a token or none', () => {
  const VESTIBULE_FHIR_URL = 'https://fhir.internal/r4/';
  assert.deepEqual(readEnvironment({ ...needed, VESTIBULE_FHIR_URL }).fhir, {
    url: 'https://fhir.internal/r4',
    token: undefined,
  });
  assert.equal(
    readEnvironment({ ...needed, VESTIBULE_FHIR_URL, VESTIBULE_FHIR_TOKEN: 't' }).fhir?.token,
    't',
  );
});

test('every fault is named at once', () => {
  const wrong = {
    ...needed,
    OPENSEARCH_URL: 'ftp://x',
    VESTIBULE_BACKEND_TOKEN: 'a b',
    VESTIBULE_FHIR_TOKEN: 't',
  };
  assert.throws(
    () => readEnvironment(wrong),
    (error) =>
      isCodedError(error, 'invalid-environment') &&
      ['VESTIBULE_BACKEND_TOKEN', 'OPENSEARCH_URL', 'VESTIBULE_FHIR_TOKEN'].every((name) =>
        error.message.includes(name),
      ),
  );
});
