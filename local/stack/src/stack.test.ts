import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Config, parseConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { cloneRoot, makeFolders } from './folders.ts';
import { appParts } from './parts/apps.ts';
import { livekitConfig } from './parts/livekit.ts';
import { standInParts } from './parts/stand-ins.ts';
import { address, ports } from './ports.ts';
import { localSecrets } from './secrets.ts';
import { temporaryFolder } from './testing/parts.ts';

test('the environment has defaults, and its faults are named together', () => {
  const { folders, sip, inherited } = readEnvironment(
    { XDG_CACHE_HOME: '/c', PATH: '/bin', SECRET: 'x' },
    '/clone',
  );
  assert.equal(folders.cache, '/c/vestibule');
  assert.equal(folders.state, '/clone/.local');
  assert.equal(readEnvironment({ VESTIBULE_CONFIG: '/abs/x.yaml' }, '/clone').config, '/abs/x.yaml');
  assert.equal(readEnvironment({ VESTIBULE_CONFIG: 'x.yaml' }, '/clone').config, '/clone/x.yaml');
  assert.equal(sip.kind, 'bridge');
  assert.deepEqual(Object.keys(inherited), ['PATH']);
  assert.throws(
    () => readEnvironment({ SIP: 'other', VESTIBULE_AGENTS: '0' }, '/clone'),
    (error) => isCodedError(error, 'usage') && /SIP.*VESTIBULE_AGENTS/.test(error.message),
  );
  assert.throws(() => readEnvironment({ SIP: 'livekit' }, '/clone'), /LIVEKIT_SIP_BIN/);
});

test('local secrets are made once, for their owner only, and made again when the file is broken', (t) => {
  const { folders } = readEnvironment({}, temporaryFolder(t));
  makeFolders(folders);
  const secrets = localSecrets(folders);
  const file = join(folders.state, 'secrets.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(localSecrets(folders), secrets);
  assert.ok(secrets.mcpSecret.length >= 32);
  assert.ok(!readFileSync(file, 'utf8').includes('undefined'));
  const { fhirToken: _, ...earlier } = secrets;
  writeFileSync(file, JSON.stringify(earlier));
  const completed = localSecrets(folders);
  assert.deepEqual({ ...completed, fhirToken: '' }, { ...secrets, fhirToken: '' }, 'what is there stays');
  assert.ok(completed.fhirToken.length >= 32);
});

test('enrichment reaches the FHIR server, the event bus and the questionnaires that vestibule.yaml names', (t) => {
  const { config } = parseConfig(
    readFileSync(join(cloneRoot, 'vestibule.yaml'), 'utf8'),
    '/clone/vestibule.yaml',
  );
  assert.ok(config);
  assert.equal(config.enrich.fhir, `http://${address(ports.fhir)}/fhir`, 'the stand-in');
  const environment = readEnvironment({}, temporaryFolder(t));
  makeFolders(environment.folders);
  const context = { environment, secrets: localSecrets(environment.folders) };
  const envOf = (enrich: Config['enrich']) =>
    standInParts(context, { ...config, enrich }).find(({ name }) => name === 's3-events')?.env ?? {};
  const { VESTIBULE_FHIR_URL, VESTIBULE_FHIR_TOKEN, VESTIBULE_EVENT_BUS, VESTIBULE_QUESTIONNAIRES } = envOf(
    config.enrich,
  );
  assert.deepEqual(
    [VESTIBULE_FHIR_URL, VESTIBULE_FHIR_TOKEN, VESTIBULE_EVENT_BUS, VESTIBULE_QUESTIONNAIRES],
    [config.enrich.fhir, context.secrets.fhirToken, 'vestibule', '/clone/examples/questionnaires'],
  );
  assert.ok(!('VESTIBULE_FHIR_URL' in envOf({})));
});

test('everything listens on loopback, each at a place of its own, and LiveKit has no ICE/TCP port', (t) => {
  const all = Object.values(ports);
  assert.ok(all.every(({ host }) => host.startsWith('127.')));
  assert.equal(
    new Set(all.map(({ host, port, protocol }) => `${host}:${port}/${protocol}`)).size,
    all.length,
  );
  const environment = readEnvironment({ VESTIBULE_AGENTS: '2' }, temporaryFolder(t));
  makeFolders(environment.folders);
  const config = livekitConfig({ environment, secrets: localSecrets(environment.folders) }) as {
    bind_addresses: string[];
    rtc: { tcp_port: number };
    webhook: { urls: string[] };
  };
  assert.deepEqual(config.bind_addresses, ['127.0.0.1']);
  assert.equal(config.rtc.tcp_port, 0);
  assert.equal(config.webhook.urls.length, 2);
});

test('SIP=livekit puts the official service where the bridge stands', (t) => {
  const root = temporaryFolder(t);
  const binary = join(root, 'livekit-sip');
  const { config } = parseConfig(readFileSync(join(cloneRoot, 'vestibule.yaml'), 'utf8'), 'vestibule.yaml');
  assert.ok(config);
  const describe = () => {
    const environment = readEnvironment({ SIP: 'livekit', LIVEKIT_SIP_BIN: binary }, root);
    makeFolders(environment.folders);
    return standInParts({ environment, secrets: localSecrets(environment.folders) }, config);
  };
  assert.throws(describe, /livekit-sip does not exist/);
  writeFileSync(binary, '', { mode: 0o700 });
  const sip = describe().find(({ name }) => name === 'sip');
  assert.equal(sip?.command, binary);
  assert.equal(sip?.standsInFor, undefined);
  assert.deepEqual(
    sip?.endpoints.map(({ port, protocol }) => `${port}/${protocol}`),
    ['5180/udp', '5181/tcp'],
  );
  assert.match(readFileSync(join(root, '.local/run/livekit-sip.yaml'), 'utf8'), /nat_1_to_1_ip: 127.0.0.1/);
});

test('agent workers get the keys of the providers that the deployment names, nobody else gets any', (t) => {
  const root = temporaryFolder(t);
  const file = join(root, 'vestibule.yaml');
  const own = readFileSync(join(cloneRoot, 'vestibule.yaml'), 'utf8');
  const keys = { OPENAI_API_KEY: 'sk-1', DEEPGRAM_API_KEY: 'dg-1' };
  const keysOf = (text: string) => {
    writeFileSync(file, text);
    const environment = readEnvironment({ ...keys, VESTIBULE_CONFIG: file, VESTIBULE_AGENTS: '1' }, root);
    makeFolders(environment.folders);
    assert.ok(!Object.keys(environment.inherited).some((name) => name in keys));
    return appParts({ environment, secrets: localSecrets(environment.folders) }, {}).map(({ name, env }) => [
      name,
      Object.keys(env ?? {}).filter((variable) => variable in keys),
    ]);
  };
  assert.deepEqual(keysOf(own), [
    ['mcp', []],
    ['agent-1', []],
  ]);
  const openai = own
    .replace(/llm: \S+/, 'llm: openai:gpt-5-mini')
    .replace(/endpoints: \{\}/, 'endpoints: { openai: https://api.openai.com/v1 }')
    .replace(/egress: \[\]/, 'egress: [api.openai.com]');
  assert.deepEqual(keysOf(openai), [
    ['mcp', []],
    ['agent-1', ['OPENAI_API_KEY']],
  ]);
});
