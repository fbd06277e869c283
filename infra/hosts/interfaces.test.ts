import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, describe, test } from 'node:test';
import { planText } from '../lib/hosts/pinned-interfaces.ts';
import { addresses, reached, TwoNamespaces } from './testing/two-namespaces.ts';

/** `interfaces.sh` as root in a network namespace, against a stand-in of EC2 and of the instance's metadata. */

const skip = process.getuid?.() === 0 ? false : 'network namespaces need root';
const plan = planText(
  [
    { id: 'eni-outer', address: addresses.outer, subnet: '10.20.0.0/24', networks: ['0.0.0.0/0'] },
    { id: 'eni-inner', address: addresses.inner, subnet: '10.20.1.0/24', networks: ['10.20.0.0/16'] },
  ],
  ['10.20.3.0/24', '10.20.11.0/24', '10.20.0.2/32', '169.254.169.0/24'],
);

let count = 0;
async function twoNamespaces(t: TestContext): Promise<TwoNamespaces> {
  const made = new TwoNamespaces(`v${process.pid}-${count++}`);
  t.after(() => made.stop());
  return made.start(plan);
}

/** Device and source address that the kernel takes. */
async function way(net: TwoNamespaces, to: string, ...from: string[]): Promise<string> {
  const route = await net.inHost('ip', 'route', 'get', to, ...from);
  const [, device] = / dev (\S+)/.exec(route) ?? [];
  const [, source] = / (?:src|from) (\S+)/.exec(route) ?? [];
  return `${device} ${source}`;
}

/** Says what comes back from a UDP echo on the host, asked from behind the router. */
async function echo(net: TwoNamespaces, from: string, address: string): Promise<string> {
  const server = `const s = require('dgram').createSocket('udp4'); s.bind(7000, '${address}');
    s.on('message', (m, { port, address }) => s.send(m, port, address, () => process.exit())); setTimeout(() => process.exit(), 1000);`;
  const client = `const s = require('dgram').createSocket('udp4'); s.bind(0, '${from}');
    const again = setInterval(() => s.send('hello', 7000, '${address}'), 50);
    s.on('message', (m) => { console.log(String(m)); process.exit(); }); setTimeout(() => process.exit(), 800);`;
  const [, heard] = await Promise.all([
    net.inHost(process.execPath, '-e', server),
    net.inRouter(process.execPath, '-e', client),
  ]);
  return heard.trim();
}

describe('a host’s interfaces', { skip, concurrency: true }, () => {
  test('free interfaces are taken, and every way is right', async (t) => {
    const net = await twoNamespaces(t);
    await net.takeInterfaces();
    const { outer, inner, host } = addresses;
    assert.deepEqual(
      {
        carrier: await way(net, reached.carrier),
        livekit: await way(net, reached.livekit),
        endpoint: await way(net, reached.endpoint),
        resolver: await way(net, reached.resolver),
        metadata: await way(net, reached.metadata),
        'carrier from outer': await way(net, reached.carrier, 'from', outer),
        'app tier from outer': await way(net, reached.livekit, 'from', outer),
        'app tier from inner': await way(net, reached.livekit, 'from', inner),
        'carrier from inner': await way(net, reached.carrier, 'from', inner),
        'endpoint from host': await way(net, reached.endpoint, 'from', host),
        'carrier from host': await way(net, reached.carrier, 'from', host),
      },
      {
        carrier: `h-outer ${outer}`,
        livekit: `h-inner ${inner}`,
        endpoint: `h-host ${host}`,
        resolver: `h-host ${host}`,
        metadata: `h-host ${host}`,
        'carrier from outer': `h-outer ${outer}`,
        'app tier from outer': `h-outer ${outer}`,
        'app tier from inner': `h-inner ${inner}`,
        'carrier from inner': `h-inner ${inner}`,
        'endpoint from host': `h-host ${host}`,
        'carrier from host': `h-host ${host}`,
      },
    );
    const networkd = readFileSync(
      join(net.root, 'etc/systemd/network/05-vestibule-eni-outer.network'),
      'utf8',
    );
    assert.equal(networkd, '[Match]\nMACAddress=0a:00:00:00:00:02\n[Link]\nUnmanaged=yes\n');
  });

  test('packets come and go by the interface that has the address, and by no other', async (t) => {
    const net = await twoNamespaces(t);
    await net.takeInterfaces();
    assert.equal(await echo(net, reached.carrier, addresses.outer), 'hello');
    assert.equal(await echo(net, reached.livekit, addresses.inner), 'hello');
    await net.inRouter('ip', 'route', 'replace', `${addresses.outer}/32`, 'dev', 'r-inner');
    assert.equal(await echo(net, reached.carrier, addresses.outer), '');
  });

  test('a second run changes nothing', async (t) => {
    const net = await twoNamespaces(t);
    await net.takeInterfaces();
    const state = async () =>
      (
        await Promise.all([
          net.inHost('ip', '-4', 'rule'),
          net.inHost('ip', '-4', 'route', 'show', 'table', 'all'),
          net.inHost('ip', '-4', '-br', 'address'),
        ])
      ).join();
    const before = await state();
    net.calls.length = 0;
    await net.takeInterfaces();
    assert.equal(await state(), before);
    assert.deepEqual([...new Set(net.calls.map(({ action }) => action))], ['DescribeNetworkInterfaces']);
  });

  test('a running host keeps its interfaces; when it has died they are taken from it', async (t) => {
    const net = await twoNamespaces(t);
    net.change({ instances: { 'i-old': 'running' }, interfaces: net.interfaces('i-old') });
    await assert.rejects(net.takeInterfaces(1), (error: { stderr: string }) => {
      assert.match(
        error.stderr,
        /eni-outer cannot be had within 1 s: it is held by i-old, which is running\./,
      );
      return true;
    });
    assert.ok(net.calls.every(({ action }) => action.startsWith('Describe')));

    const taking = net.takeInterfaces();
    net.change({ instances: { 'i-old': 'shutting-down' } });
    await taking;
    assert.equal(await way(net, reached.carrier), `h-outer ${addresses.outer}`);
    assert.equal(net.calls.filter(({ action }) => action === 'DetachNetworkInterface').length, 2);
  });

  test('one that EC2 has forgotten holds nothing', async (t) => {
    const net = await twoNamespaces(t);
    net.change({ instances: {}, interfaces: net.interfaces('i-old') });
    await net.takeInterfaces();
    assert.equal(await way(net, reached.livekit), `h-inner ${addresses.inner}`);
  });

  test('without a role that may: which interface, and what EC2 said', async (t) => {
    const net = await twoNamespaces(t);
    net.change({ interfaces: {} });
    await assert.rejects(net.takeInterfaces(1), (error: { stderr: string }) => {
      assert.match(error.stderr, /InvalidNetworkInterfaceID\.NotFound\n.*eni-outer cannot be looked up/);
      return true;
    });
  });
});
