import assert from 'node:assert/strict';
import { test } from 'node:test';
import { egressFaults } from './egress.ts';

const deployment = (llm: string, endpoints: Record<string, string>, egress: string[] = []) => ({
  region: 'us-east-1',
  egress,
  agent: { models: { stt: 'transcribe:en-US', llm, tts: 'polly:Joanna' }, endpoints },
});

const heard = (stt: string, endpoints: Record<string, string>, egress: string[] = []) => {
  const document = deployment('bedrock:x', endpoints, egress);
  return { ...document, agent: { ...document.agent, models: { ...document.agent.models, stt } } };
};

const google = 'generativelanguage.googleapis.com';
const unknown = (plugin: string) =>
  `${plugin} is not a plugin of which we know where it goes: that needs an explicit egress permission`;
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
  ['a plugin that heeds its endpoint, inside', heard('deepgram:nova-3', { deepgram: 'wss://10.0.3.4' }), []],
  ['the same without one', heard('deepgram:nova-3', {}), ['the endpoint of deepgram is not named']],
  [
    'a plugin that always goes to its vendor',
    deployment('google:gemini-2.5-flash', {}),
    [`google always goes to ${google}, which needs an explicit egress permission`],
  ],
  ['with its permission', deployment('google:gemini-2.5-flash', {}, [google]), []],
  [
    'an endpoint that would not be heeded does not count as inside',
    deployment('google:gemini-2.5-flash', { google: 'http://10.0.3.4' }, [google]),
    ['we cannot promise that the plugin google heeds an endpoint'],
  ],
  ['an unknown plugin', heard('gladia:solaria-1', {}), [unknown('gladia')]],
  ['an unknown plugin, its vendor permitted', heard('gladia:solaria-1', {}, ['api.gladia.io']), []],
  [
    'an unknown plugin, only another’s host permitted',
    heard('gladia:solaria-1', { openai: 'https://api.openai.com/v1' }, ['api.openai.com']),
    [unknown('gladia')],
  ],
  [
    'an unknown plugin with an endpoint inside',
    heard('gladia:solaria-1', { gladia: 'http://10.0.3.4' }),
    [unknown('gladia'), 'we cannot promise that the plugin gladia heeds an endpoint'],
  ],
  [
    'an endpoint for AWS',
    deployment('bedrock:x', { bedrock: 'http://10.0.3.4' }),
    ['bedrock is reached by the AWS SDK’s own rules; an endpoint here would not be heeded'],
  ],
];

for (const [what, document, expected] of cases) {
  test('each model of a list is held to its own way out, and so is the one for red flags', () => {
    const { agent, ...rest } = deployment('bedrock:x', {});
    const models = { ...agent.models, llm: ['bedrock:x', 'openai:y'], redFlags: 'google:z' };
    assert.deepEqual(
      egressFaults({ ...rest, agent: { ...agent, models } }).map(({ path }) => path.join('.')),
      ['agent.models.llm.1', 'agent.models.redFlags'],
    );
  });

  test(`egress: ${what}`, () =>
    assert.deepEqual(
      egressFaults(document).map(({ message }) => message),
      expected,
    ));
}

const filed = (fhir: string, egress: string[] = []) => ({
  ...deployment('bedrock:x', {}, egress),
  enrich: { fhir },
});
const outside = 'A FHIR server outside the VPC needs an explicit egress permission';
const clear = 'callers’ answers would cross the internet in the clear';
const servers: [string, ReturnType<typeof filed>, string[]][] = [
  ['inside', filed('http://10.0.3.4/fhir'), []],
  ['by a private name', filed('https://fhir.internal/r4'), []],
  ['outside', filed('https://fhir.example.com/r4'), [outside]],
  ['outside, with its permission', filed('https://fhir.example.com/r4', ['fhir.example.com']), []],
  ['outside and in the clear', filed('http://fhir.example.com/r4'), [outside, clear]],
  ['in the clear, with its permission', filed('http://fhir.example.com', ['fhir.example.com']), [clear]],
];
for (const [what, document, expected] of servers) {
  test(`egress: a FHIR server ${what}`, () =>
    assert.deepEqual(
      egressFaults(document).map(({ message }) => message),
      expected,
    ));
}
