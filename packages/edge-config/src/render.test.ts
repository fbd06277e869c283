import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { atZone, type Config, parseConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { checkEdge } from './check.ts';
import { edgeCommands } from './commands.ts';
import { goldenConfig, goldenFile, goldenRendering } from './golden.ts';
import { renderEdge } from './render.ts';
import { writeEdge } from './write.ts';

const paths = { files: '/etc/vestibule/edge', run: '/run/vestibule' };
const rendered = (config: Config, path: string) =>
  renderEdge(config, { paths }).files.find((file) => file.path === path)?.text ?? '';

for (const { path, text } of goldenRendering()) {
  test(`golden: ${path} (node packages/edge-config/src/refresh-golden.ts)`, () =>
    assert.equal(text, readFileSync(goldenFile(path), 'utf8')));
}

const root = readFileSync(new URL('../../../vestibule.yaml', import.meta.url), 'utf8');

test('Kamailio’s own parser takes the script of every deployment in the repo', async () => {
  for (const config of [goldenConfig(), parseConfig(root, 'vestibule.yaml').config]) {
    assert.ok(config);
    assert.deepEqual(await checkEdge(config), { ok: true, output: '' });
  }
});

test('a script that Kamailio does not take is refused with its words', async () => {
  const config = goldenConfig();
  const broken = { ...config, edge: { ...config.edge, zone: 'a"; nonsense' } };
  const { ok, output } = await checkEdge(broken);
  assert.equal(ok, false);
  assert.match(output, /syntax error|parse error/i);
});

test('the address list holds every carrier network with its carrier’s name, and LiveKit SIP by address and port', () => {
  const list = rendered(goldenConfig(), 'address.list').split('\n');
  assert.equal(list.filter((line) => line.startsWith('1 ')).length, 8);
  assert.ok(list.includes('1 54.172.60.0 30 0 twilio'));
  assert.ok(list.includes('3 168.86.128.0 18 0 twilio'));
  assert.ok(list.includes('2 10.20.2.12 32 5060 livekit'));
  assert.ok(list.includes('2 10.20.10.12 32 5060 livekit'), 'another zone’s');
});

test('the first LiveKit SIP has the highest priority, and each is reached from the private socket', () => {
  const list = rendered(goldenConfig(), 'dispatcher.list');
  assert.match(list, /^1 sip:10\.20\.2\.11:5060 0 4 socket=udp:10\.20\.1\.10:5060$/m);
  assert.match(list, /^1 sip:10\.20\.2\.12:5060 0 3 socket=udp:10\.20\.1\.10:5060$/m);
  assert.match(list, /^1 sip:10\.20\.10\.12:5060 0 1 socket=udp:10\.20\.1\.10:5060$/m);
});

test('each zone has its own pair first, and its own RTPEngine as the first set', () => {
  const other = atZone(goldenConfig(), 'use1-az2');
  assert.match(
    rendered(other, 'dispatcher.list'),
    /^1 sip:10\.20\.10\.11:5060 0 4 socket=udp:10\.20\.9\.10:5060$/m,
  );
  const script = rendered(other, 'kamailio.cfg');
  assert.match(script, /"rtpengine_sock", "1 == udp:10\.20\.9\.10:2223"/);
  assert.match(script, /"rtpengine_sock", "2 == udp:10\.20\.1\.10:2223"/);
  assert.throws(() => atZone(goldenConfig(), 'use1-az9'), /There is no zone use1-az9/);
});

test('RTPEngine: learning off, NG on the private address only, the store by TLS, or with its password in the clear', () => {
  const text = rendered(goldenConfig(), 'rtpengine.conf');
  assert.match(text, /^endpoint-learning = off$/m);
  assert.match(text, /^interface = pub\/10\.20\.0\.10!198\.51\.100\.7;priv\/10\.20\.1\.10$/m);
  assert.match(text, /^listen-ng = 10\.20\.1\.10:2223$/m);
  assert.match(text, /^redis = 127\.0\.0\.1:6390\/1$/m);
  assert.match(rendered(goldenConfig(), 'stunnel.conf'), /^connect = edge-store\.lakeside\.internal:6379$/m);
  const plain = atZone(goldenConfig(), 'use1-az2');
  assert.match(rendered(plain, 'rtpengine.conf'), /^redis = secret@10\.20\.9\.20:6379\/1$/m);
});

test('RTPEngine takes every setting of the file, which the world cannot read', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-render-'));
  t.after(() => rm(folder, { recursive: true }));
  const config = goldenConfig();
  const files = await writeEdge(config, { paths: { files: folder, run: join(folder, 'run') } });
  const conf = files.find((file) => file.endsWith('rtpengine.conf')) ?? '';
  assert.equal((await stat(conf)).mode & 0o007, 0, 'the password is for the daemon’s group at most');
  // Its addresses are not this machine's, so it must get as far as binding them, and fail there.
  const [program, ...args] = edgeCommands(config, { files: folder, run: folder }).rtpengine;
  const failure = await promisify(execFile)(program, args).catch((error: unknown) => error);
  const { stdout = '', stderr = '' } = failure as { stdout?: string; stderr?: string };
  assert.match(stdout + stderr, /bind|Cannot assign|open.*socket/i);
  assert.doesNotMatch(stdout + stderr, /Bad command line|unknown option|invalid/i);
});

test('numbers, lists and rates are tables of their own', () => {
  for (const [table, row] of [
    ['numbers', '2:+15550100101:0:0:refuse:0'],
    ['allow', '1:+15550100123:0:1:1:0'],
    ['deny', '1:+15550100166:0:1:1:0'],
    ['rates', '2:number:0:1:600:0'],
    ['rates', '4:concurrent:0:1:2000:0'],
  ] as const)
    assert.ok(rendered(goldenConfig(), `tables/${table}`).split('\n').includes(row), row);
});

test('the script names what the file says: sockets, and how calls are counted', () => {
  const script = rendered(goldenConfig(), 'kamailio.cfg');
  for (const line of [
    'listen=udp:10.20.0.10:5060 advertise 198.51.100.7:5060',
    'listen=udp:10.20.1.10:5060',
    '!pl_check("source-$si", "TAILDROP", "$sht(rates=>source)")',
    '$shtinc(number=>$rU) > $sht(rates=>number)',
    '"number=>size=12;autoexpire=60;',
    'children=8',
  ]) {
    assert.ok(script.includes(line), line);
  }
  assert.doesNotMatch(script, /undefined|\[object|NaN/);
});

test('a directory too deep for the control socket is refused before anything starts', () => {
  const deep = { files: '/etc/vestibule/edge', run: `/${'deep/'.repeat(25)}run` };
  assert.throws(
    () => renderEdge(goldenConfig(), { paths: deep }),
    (error) => isCodedError(error, 'path-too-long'),
  );
});
