import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { makeFolders } from './folders.ts';
import { livekitConfig } from './parts/livekit.ts';
import { standInParts } from './parts/stand-ins.ts';
import { ports } from './ports.ts';
import { localSecrets } from './secrets.ts';
import { temporaryFolder } from './testing/parts.ts';

test('the environment has defaults, and its faults are named together', () => {
  const { folders, sip, inherited } = readEnvironment(
    { XDG_CACHE_HOME: '/c', PATH: '/bin', SECRET: 'x' },
    '/clone',
  );
  assert.equal(folders.cache, '/c/vestibule');
  assert.equal(folders.state, '/clone/.local');
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
  const environment = readEnvironment({ SIP: 'livekit', LIVEKIT_SIP_BIN: '/opt/livekit-sip' }, root);
  makeFolders(environment.folders);
  const context = { environment, secrets: localSecrets(environment.folders) };
  const sip = standInParts(context).find(({ name }) => name === 'sip');
  assert.equal(sip?.command, '/opt/livekit-sip');
  assert.equal(sip?.standsInFor, undefined);
  assert.match(
    readFileSync(join(environment.folders.run, 'livekit-sip.yaml'), 'utf8'),
    /nat_1_to_1_ip: 127.0.0.1/,
  );
});
