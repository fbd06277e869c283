import assert from 'node:assert/strict';
import { test } from 'node:test';
import { egressFaults } from './egress.ts';

const deployment = (llm: string, endpoints: Record<string, string>, egress: string[] = []) => ({
  region: 'us-east-1',
  egress,
  agent: { models: { stt: 'transcribe:en-US', llm, tts: 'polly:Joanna' }, endpoints },
});

const permission = 'An endpoint outside the VPC needs an explicit egress permission';

const cases: [string, ReturnType<typeof deployment>, string[]][] = [
  ['Bedrock needs neither', deployment('bedrock:amazon.nova-lite-v1:0', {}), []],
  [
    'a plugin without an endpoint',
    deployment('openai:gpt-5-mini', {}),
    ['the endpoint of openai is not named'],
  ],
  [
    'an endpoint on the internet',
    deployment('openai:gpt-5-mini', { openai: 'https://api.openai.com/v1' }),
    [permission],
  ],
  [
    'with its permission',
    deployment('openai:gpt-5-mini', { openai: 'https://api.openai.com/v1' }, ['api.openai.com']),
    [],
  ],
  [
    'a permission for the parent domain is none',
    deployment('openai:x', { openai: 'https://api.openai.com/v1' }, ['openai.com']),
    [permission],
  ],
  ['loopback', deployment('openai:x', { openai: 'http://127.0.0.1:8000/v1' }), []],
  ['loopback by name', deployment('openai:x', { openai: 'http://localhost:8000/v1' }), []],
  ['loopback, IPv6', deployment('openai:x', { openai: 'http://[::1]:8000/v1' }), []],
  ['a private address', deployment('openai:x', { openai: 'http://10.0.3.4/v1' }), []],
  ['the edge of a private network', deployment('openai:x', { openai: 'http://172.32.0.1/v1' }), [permission]],
  [
    'an interface endpoint',
    deployment('openai:x', {
      openai: 'https://vpce-0a1-b2.bedrock-runtime.us-east-1.vpce.amazonaws.com/openai/v1',
    }),
    [],
  ],
  [
    'a service of this region by private DNS',
    deployment('openai:x', { openai: 'https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1' }),
    [],
  ],
  [
    'a service of another region',
    deployment('openai:x', { openai: 'https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1' }),
    [permission],
  ],
  [
    'a host that only looks like one',
    deployment('openai:x', { openai: 'https://vpce.amazonaws.com.example.com/v1' }),
    [permission],
  ],
  [
    'a name in front of the @ is no host',
    deployment('openai:x', { openai: 'https://127.0.0.1@example.com/v1' }),
    [permission],
  ],
];

for (const [what, document, expected] of cases) {
  test(`egress: ${what}`, () =>
    assert.deepEqual(
      egressFaults(document).map(({ message }) => message),
      expected,
    ));
}
