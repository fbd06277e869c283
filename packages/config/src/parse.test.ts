import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatFaults } from '@vestibule/core';
import { parse, stringify } from 'yaml';
import { parseConfig } from './parse.ts';

const example = readFileSync(new URL('../../../vestibule.yaml', import.meta.url), 'utf8');

/** The example with one change, as text again; `change` sees plain objects. */
function changed(change: (document: Example) => void): string {
  const document = parse(example) as Example;
  change(document);
  return stringify(document);
}

type Loose = Record<string, unknown>;
interface Example extends Loose {
  carriers: Loose[];
  edge: { public: Loose; private: Loose; livekitSip: string[] };
  numbers: Loose[];
  callers: { allow: unknown[]; deny: unknown[] };
  rates: Loose;
  agent: { models: Loose; endpoints: Loose } & Loose;
  egress: unknown[];
  archive: Loose;
}

/** Faults without their lines and remedies. */
const faultsOf = (text: string) =>
  parseConfig(text, 'vestibule.yaml').faults.map(({ path, message }) => `${path}: ${message}`);

test('the deployment at the root of the repo is valid, complete and frozen', () => {
  const { config, faults } = parseConfig(example, '/srv/vestibule.yaml');
  assert.deepEqual(faults, []);
  assert.equal(config?.questionnaires, '/srv/examples/questionnaires');
  assert.deepEqual(config?.edge.public.rtp, { from: 10000, to: 20000 });
  assert.deepEqual(config?.edge.livekitSip, [{ host: '127.0.0.1', port: 5180 }]);
  assert.deepEqual(config?.rates.perCaller, { count: 5, seconds: 60 });
  assert.deepEqual(config?.archive.retention, { count: 6, unit: 'years' });
  assert.throws(() => (config.callers.allow as string[]).push('+15550100199'), TypeError);
});

test('enriched calls go to a FHIR server and a bus only where the file says so', () => {
  const of = (enrich: unknown) => changed((document) => (document['enrich'] = enrich));
  assert.deepEqual(parseConfig(of(undefined), 'vestibule.yaml').config?.enrich, {});
  const eventBus = 'arn:aws:events:us-east-1:123456789012:event-bus/intake';
  assert.deepEqual(parseConfig(of({ eventBus }), 'vestibule.yaml').config?.enrich, { eventBus });
  assert.deepEqual(faultsOf(of({ fhir: 'fhir.internal', eventBus: 'a bus', fihr: 1 })), [
    'enrich.fhir: "fhir.internal" is not a URL (https:, http:)',
    'enrich.eventBus: "a bus" is not the name or the ARN of an event bus',
    'enrich.fihr: is not a known key',
  ]);
});

test('what Transcribe gets of a line', () => {
  const of = (hearing: unknown) =>
    changed((document) => ((document.agent as Record<string, unknown>)['hearing'] = hearing));
  assert.deepEqual(parseConfig(of({}), 'v.yaml').config?.agent.hearing, {
    send: 'speech',
    preRoll: 0.5,
    hangover: 1,
  });
  assert.equal(parseConfig(of({ send: 'all' }), 'v.yaml').config?.agent.hearing.send, 'all');
  const faults = faultsOf(of({ send: 'words', preRoll: 0, hangover: 9, after: 1 }));
  assert.deepEqual(
    faults.map((fault) => /^agent\.hearing\.\w+/.exec(fault)?.[0]),
    ['send', 'preRoll', 'hangover', 'after'].map((key) => `agent.hearing.${key}`),
    faults.join('\n'),
  );
});

test('a language model is one or a list in order, each fault named by its place', () => {
  const of = (llm: unknown, redFlags?: unknown) =>
    changed((document) => {
      document.agent.models['llm'] = llm;
      if (redFlags !== undefined) document.agent.models['redFlags'] = redFlags;
    });
  const { config } = parseConfig(of('bedrock:a'), 'v.yaml');
  assert.deepEqual(config?.agent.models.llm, [{ provider: 'bedrock', model: 'a' }]);
  assert.equal(config.agent.firstToken, 1.2);
  const list = parseConfig(of(['bedrock:a', 'bedrock:b'], 'bedrock:c'), 'v.yaml').config?.agent.models;
  assert.deepEqual(
    list?.llm.map(({ model }) => model),
    ['a', 'b'],
  );
  assert.deepEqual(list.redFlags, { provider: 'bedrock', model: 'c' });
  assert.deepEqual(faultsOf(of(['bedrock:a', 'gpt'], 'polly:Joanna')), [
    'agent.models.llm[1]: "gpt" is not a model reference',
    'agent.models.redFlags: polly is a provider of tts, not of llm',
  ]);
  for (const wrong of [[], 7, ['a:b', 'a:c', 'a:d', 'a:e', 'a:f'], { first: 'bedrock:a' }])
    assert.match(
      faultsOf(of(wrong))[0] ?? '',
      /agent\.models\.llm.*: .*(list of one to four|is empty|more than)/,
    );
});

test('what is left out gets its default: Twilio’s networks, rates, ports', () => {
  const text = changed((document) => {
    delete document.carriers[0]?.signalling;
    delete document.carriers[0]?.media;
    delete (document as Loose).rates;
    delete (document as Loose).callers;
    delete document.edge.public.rtp;
    document.archive = { bucket: 'vestibule-archive' };
  });
  const { config, faults } = parseConfig(text, 'v.yaml');
  assert.deepEqual(faults, []);
  assert.equal(config?.carriers[0]?.signalling.length, 8);
  assert.deepEqual(config?.carriers[0]?.media, ['168.86.128.0/18']);
  assert.deepEqual(config?.rates.perSource, { count: 30, seconds: 1 });
  assert.deepEqual(config?.edge.public.rtp, { from: 10000, to: 20000 });
  assert.deepEqual(config?.archive.retention, { count: 6, unit: 'years' });
});

test('TLS: certificates are relative to the file, and nothing asks for what the edge does not have', () => {
  const of = (tls: unknown, carrier: Loose) =>
    changed((document) => {
      document.edge.public['tls'] = tls;
      Object.assign(document.carriers[0] ?? {}, carrier);
    });
  const files = { certificate: 'tls/chain.pem', key: '/srv/key.pem' };
  const { config } = parseConfig(of(files, { transport: 'tls', srtp: 'require' }), '/etc/v/vestibule.yaml');
  assert.deepEqual(config?.edge.public.tls, {
    port: 5061,
    certificate: '/etc/v/tls/chain.pem',
    key: '/srv/key.pem',
    authorities: '/etc/ssl/certs/ca-certificates.crt',
  });
  assert.deepEqual(faultsOf(of(undefined, { transport: 'tls' })), [
    'carriers[0].transport: asks for TLS, which edge.public does not have',
  ]);
  assert.deepEqual(faultsOf(of(files, { srtp: 'require' })), [
    'carriers[0].srtp: asks for SRTP, whose keys UDP and TCP would carry in clear',
  ]);
  assert.deepEqual(faultsOf(of({ ...files, port: 5060, key: 'my key' }, {})), [
    'edge.public.tls.key: "my key" is not a path of letters, digits and . _ - / + @ : % ,',
  ]);
  assert.deepEqual(faultsOf(of({ ...files, port: 5060 }, {})), [
    'edge.public.tls.port: 5060 is the port of edge.public.sip',
  ]);
});

test('every fault of a file is reported at once, with its line and a remedy', () => {
  const text = `version: 1
tenent: lakeside
region: us-east-1
carriers:
  - { name: twilio, kind: twilio, signalling: [127.0.0.20/24] }
numbers:
  - number: +15550100100
    questionnaire: new-patient
    atestation: mark
`;
  const report = formatFaults('v.yaml', parseConfig(text, 'v.yaml').faults);
  for (const line of [
    'v.yaml:1 tenant: is missing. Whose calls these are; first part of every key in the archive; for example lakeside',
    'v.yaml:2 tenent: is not a known key. Did you mean tenant?',
    'v.yaml:5 carriers[0].signalling[0]: "127.0.0.20/24" is not an IPv4 network in CIDR notation (with its host bits zero). For example 168.86.128.0/18',
    'v.yaml:7 numbers[0].number: is not a text. For example "+15550100100", in quotes',
    'v.yaml:9 numbers[0].atestation: is not a known key. Did you mean attestation?',
    'v.yaml:1 archive: is missing. Keys: bucket, retention, graceHours, legalHold',
  ]) {
    assert.ok(report.split('\n').includes(line), `${line}\nnot in\n${report}`);
  }
});

test('YAML’s own faults carry their line, and duplicate keys are among them', () => {
  const [fault] = parseConfig('version: 1\ntenant: a\ntenant: b\n', 'v.yaml').faults;
  assert.equal(fault?.line, 3);
  assert.match(fault?.message ?? '', /unique/);
  assert.equal(parseConfig('a: [1', 'v.yaml').faults.length > 0, true);
  assert.equal(parseConfig('', 'v.yaml').faults.length > 5, true);
  assert.equal(parseConfig('just words', 'v.yaml').faults.length > 0, true);
});

test('what no deployment looks like is a fault, never an exception', () => {
  const message = (text: string) =>
    parseConfig(text, 'v.yaml')
      .faults.map((fault) => fault.message)
      .join();
  assert.match(message('a: *x\n'), /Unresolved alias/);
  const tens = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(`*${of}`).join()}]\n`;
  assert.match(message(`a: &a [1]\n${tens('b', 'a')}${tens('c', 'b')}${tens('d', 'c')}`), /alias/i);
  assert.match(message('a: 1\n---\nb: 1\n'), /a second document begins/);
  assert.match(message('__proto__: { version: 1 }\n'), /is not a known key/);
  assert.match(message('- a\n'), /is not a group of keys/);
  assert.ok(faultsOf(example.replace(/^callers:[^]*?\n\n/m, 'callers:\n\n')).includes('callers: is empty'));
});

const leaves: [string, (document: Example) => void, string][] = [
  [
    'a number that is not E.164',
    (d) => (d.numbers[0] = { ...d.numbers[0], number: '5550100100' }),
    'numbers[0].number: "5550100100" is not an E.164 number',
  ],
  [
    'an address',
    (d) => (d.edge.public.address = '127.0.0.256'),
    'edge.public.address: "127.0.0.256" is not an IPv4 address',
  ],
  [
    'a range upside down',
    (d) => (d.edge.public.rtp = '20000-10000'),
    'edge.public.rtp: "20000-10000" is not a range of ports',
  ],
  ['a port', (d) => (d.edge.private.sip = 70000), 'edge.private.sip: 70000 is more than 65535'],
  ['a rate', (d) => (d.rates.perCaller = '5 per minute'), 'rates.perCaller: "5 per minute" is not a rate'],
  [
    'an enumeration',
    (d) => (d.numbers[0] = { ...d.numbers[0], attestation: 'warn' }),
    'numbers[0].attestation: "warn" is not "mark" or "refuse"',
  ],
  [
    'a LiveKit SIP without port',
    (d) => (d.edge.livekitSip = ['10.0.0.1']),
    'edge.livekitSip[0]: "10.0.0.1" is not an IPv4 address with a port',
  ],
  ['no LiveKit SIP', (d) => (d.edge.livekitSip = []), 'edge.livekitSip: is empty'],
  [
    'a store',
    (d) => (d.edge.private.store = 'http://a'),
    'edge.private.store: "http://a" is not a URL (rediss:, redis:)',
  ],
  [
    'a retention',
    (d) => (d.archive.retention = '6 years'),
    'archive.retention: "6 years" is not a retention time',
  ],
  ['a bucket', (d) => (d.archive.bucket = 'No'), 'archive.bucket: "No" is not the name of a bucket'],
  [
    'an egress URL',
    (d) => (d.egress = ['https://api.openai.com']),
    'egress[0]: "https://api.openai.com" is not a host name',
  ],
  ['calls per worker', (d) => (d.agent.calls = 9), 'agent.calls: 9 is more than 4'],
  ['a version', (d) => ((d as Loose).version = 2), 'version: 2 is not 1'],
];

for (const [what, change, expected] of leaves) {
  test(`refused: ${what}`, () => assert.deepEqual(faultsOf(changed(change)), [expected]));
}

const crossed: [string, (document: Example) => void, string][] = [
  [
    'a number twice',
    (d) => d.numbers.splice(1, Infinity, { ...d.numbers[0] }),
    'numbers[1].number: +15550100100 is already there as numbers[0]',
  ],
  [
    'a caller on both lists',
    (d) => d.callers.deny.push('+15550100123'),
    'callers.allow[0]: is on the deny list too, which always wins',
  ],
  [
    'SIP inside the RTP range',
    (d) => (d.edge.private.sip = 15060),
    'edge.private.sip: 15060 lies in the RTP range 10000-20000',
  ],
  [
    'NG on the SIP port',
    (d) => (d.edge.private.control = 5060),
    'edge.private.control: is the port of edge.private.sip',
  ],
  [
    'one address for both sides',
    (d) => (d.edge.private.address = '127.0.0.10'),
    'edge.private.address: is the public address too',
  ],
  [
    'LiveKit SIP among a carrier’s addresses',
    (d) => (d.edge.livekitSip = ['127.0.0.20:5060']),
    'edge.livekitSip[0]: 127.0.0.20 lies in a network of the carrier twilio',
  ],
  [
    'two carriers in one network',
    (d) => d.carriers.push({ name: 'other', kind: 'twilio', signalling: ['127.0.0.0/24'] }),
    'carriers[1].signalling[0]: 127.0.0.0/24 overlaps a network of the carrier twilio',
  ],
];

for (const [what, change, expected] of crossed) {
  test(`refused: ${what}`, () => assert.ok(faultsOf(changed(change)).includes(expected)));
}
