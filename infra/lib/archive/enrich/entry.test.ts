import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import type { AwsCall } from '../../state/rotation/aws-call.ts';
import { takeTokens } from './entry.ts';

const holding =
  (value: string): AwsCall =>
  async ({ headers, body }) => {
    assert.equal(headers['x-amz-target'], 'secretsmanager.GetSecretValue');
    assert.deepEqual(JSON.parse(body), { SecretId: 'tokens' });
    return JSON.stringify({ SecretString: value });
  };

const taken = async (value: string) => {
  const environment: NodeJS.ProcessEnv = {};
  await takeTokens(environment, 'tokens', holding(value));
  return environment;
};

test('both tokens, or the backend’s alone', async () => {
  assert.deepEqual(await taken('{"backend":"b","fhir":"f"}'), {
    ...{ VESTIBULE_BACKEND_TOKEN: 'b', VESTIBULE_FHIR_TOKEN: 'f' },
  });
  assert.deepEqual(await taken('{"backend":"b"}'), { VESTIBULE_BACKEND_TOKEN: 'b' });
});

for (const value of ['{"unused":"x"}', '{}', 'null', '{"backend":""}'])
  test(`${value}: the error says where and what to put there, and no token`, async () => {
    await assert.rejects(taken(value), (error) => {
      assert.ok(isCodedError(error, 'tokens-unavailable'));
      assert.match(error.message, /^tokens: .* is missing: put \{"backend"/);
      return true;
    });
  });

test('a secret that is no JSON, or cannot be read', async () => {
  await assert.rejects(taken('plain'), (error) => isCodedError(error, 'tokens-unavailable'));
  const refused: AwsCall = () => Promise.reject(new Error('refused'));
  await assert.rejects(takeTokens({}, 'tokens', refused), { message: 'tokens cannot be read' });
});
