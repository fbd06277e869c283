import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { EdgeChroot } from './testing/edge-chroot.ts';
import { OneNamespace } from './testing/one-namespace.ts';
import { bundleOf, keys, provision, publish } from './testing/edge-deployment.ts';

/** The scripts of an edge host, one after the other on one host: start, new bundles, drain. As root, in a chroot and a network namespace. */

const scripts = '/opt/vestibule/infra/hosts/edge';
const { privateKey, publicKey } = keys();
const isRoot = process.getuid?.() === 0;
const otherRate = (yaml: string) => yaml.replace('perCaller: 5/60s', 'perCaller: 6/60s');

describe('an edge host', { skip: isRoot ? false : 'network namespaces need root' }, () => {
  const net = new OneNamespace(`v${process.pid}-edge`);
  const host = new EdgeChroot(net.name);
  const apply = (...options: string[]) => host.run(`${scripts}/apply-bundle.sh`, ...options);
  /** All that a refusal must leave as it is. */
  const present = () =>
    spawnSync('tar', [
      '-cf',
      '-',
      '--mtime=@0',
      '-C',
      host.root,
      'etc/vestibule',
      'var/lib/vestibule/applied',
      'var/lib/vestibule/bundles',
    ]).stdout.toString('latin1');
  const refused = async (line: RegExp, ...options: string[]) => {
    const before = present();
    await assert.rejects(apply(...options), (error: { stderr: string }) => {
      assert.match(error.stderr, line);
      assert.equal(error.stderr.trimEnd().split('\n').length, 1, error.stderr);
      return true;
    });
    assert.equal(present(), before);
  };

  before(async () => {
    await net.start(['10.20.0.10', '10.20.1.10']);
    await host.start();
    provision(host, publicKey);
  });
  after(async () => {
    await host.stop();
    await net.stop();
  });

  test('without a bundle it does not start, and says so', async () => {
    await assert.rejects(
      host.run(`${scripts}/start.sh`),
      /\/vestibule\/bundle cannot be read\. Has a bundle been published\?/,
    );
    assert.ok(!host.asked().some((line) => line.includes('complete-lifecycle-action')));
    await host.run(`${scripts}/abandon.sh`);
    assert.match(
      host.asked().at(-1)!,
      /complete-lifecycle-action .*edge-0 .*launching .*ABANDON --instance-id i-edge/,
    );
  });

  test('starts with the bundle that the parameter names, and goes into service', async () => {
    publish(host, await bundleOf(10, privateKey));
    await host.run(`${scripts}/start.sh`);
    assert.match(
      host.asked().at(-1)!,
      /complete-lifecycle-action .*launching --lifecycle-action-result CONTINUE --instance-id i-edge/,
    );
    assert.match(
      host.read('stand-in/systemctl-calls'),
      /^enable --quiet --now \/etc\/vestibule\/edge\/systemd\/vestibule-kamailio\.service/m,
    );
    assert.match(host.read('var/lib/vestibule/applied'), /^10 [0-9a-f]{64}\n$/);
    assert.match(host.read('etc/vestibule/edge/tables/rates'), /caller/);
    assert.equal(host.read('etc/vestibule/store.env').split('\n')[0], 'RTPENGINE_REDIS_AUTH_PW=of-the-store');
  });

  test('a new one comes into force while Kamailio runs', async () => {
    publish(host, await bundleOf(11, privateKey, otherRate));
    assert.match((await apply()).stdout, /reloaded +htable\.reload rates/);
    assert.match(host.read('var/lib/vestibule/applied'), /^11 /);
  });

  test('the same bundle again changes nothing', async () => {
    const before = host.read('etc/vestibule/edge/kamailio.cfg');
    assert.match((await apply()).stdout, /^Nothing to change/);
    assert.equal(host.read('etc/vestibule/edge/kamailio.cfg'), before);
  });

  test('refused, in one line, with all as it was: signature, content, digest, tenant, release, version', async () => {
    const good = await bundleOf(12, privateKey);
    publish(host, await bundleOf(12, keys().privateKey));
    await refused(/^bundle refused: its signature is not of this key$/m);
    publish(host, good, '0'.repeat(64));
    await refused(/s3:\/\/bundles\/bundle\.tgz is not what the parameter says/);
    publish(host, await bundleOf(12, privateKey, undefined, 'other'));
    await refused(/the bundle is of other, this host of lakeside/);
    publish(host, await bundleOf(11, privateKey));
    await refused(/version 11 is applied already, with other content/);
    publish(host, await bundleOf(9, privateKey));
    await refused(/version 9 is older than 11, which is applied\. To go back nevertheless: --roll-back/);
    await refused(/--force is no option of mine/, '--force');
    host.write('stand-in/parameter', '{"bucket":"bundles"}');
    await refused(/does not hold bucket, key, versionId and sha256/);
  });

  test('back to an older one when it is asked for', async () => {
    publish(host, await bundleOf(9, privateKey));
    assert.match((await apply('--roll-back')).stdout, /reloaded +htable\.reload rates/);
    assert.match(host.read('var/lib/vestibule/applied'), /^9 /);
  });

  test('what Kamailio would not take is not applied', async () => {
    publish(host, await bundleOf(13, privateKey, (yaml) => yaml.replace('use1-az1', 'use1-az9')));
    await refused(/the bundle has no files for use1-az1/);
    publish(host, await bundleOf(13, privateKey, (yaml) => yaml.replace('10.20.1.10', '10.20.1.11')));
    await assert.rejects(
      apply(),
      /cannot be taken over while running; nothing was changed[\s\S]*version 13 was not applied/,
    );
    assert.match(host.read('var/lib/vestibule/applied'), /^9 /);
  });

  test('what the daemons say goes to CloudWatch Logs, all of it and once, though it fails at first', async () => {
    const line = (n: number) =>
      JSON.stringify({
        __CURSOR: `c${n}`,
        __REALTIME_TIMESTAMP: `${1_790_000_000_000_000 + n * 1000}`,
        _SYSTEMD_UNIT: 'vestibule-kamailio.service',
        MESSAGE: `line ${n}`,
      });
    host.write('stand-in/journal', Array.from({ length: 300 }, (_, n) => `${line(n)}\n`).join(''));
    host.write('stand-in/logs-fail', '');
    const shipping = host.launch(`${scripts}/ship-journal.sh`);
    await until(() => host.asked().filter((asked) => asked.startsWith('logs put')).length >= 2);
    await host.run('rm', '/stand-in/logs-fail');
    const sent = () =>
      host.has('stand-in/logs')
        ? host
            .read('stand-in/logs')
            .split('\n')
            .slice(0, -1)
            .flatMap((request) => (JSON.parse(request) as { logEvents: { message: string }[] }).logEvents)
        : [];
    await until(() => sent().length >= 300);
    shipping.kill();
    assert.deepEqual(
      sent().map(({ message }) => message),
      Array.from({ length: 300 }, (_, n) => `vestibule-kamailio.service line ${n}`),
    );
  });

  test('before it ends: new calls are refused, those that are up are waited for, with heartbeats', async () => {
    host.write('stand-in/calls-up', '2\n2\n1\n', 0o666);
    const before = host.asked().length;
    net.metadata({ 'autoscaling/target-lifecycle-state': 'InService' });
    const watching = host.run(`${scripts}/watch-lifecycle.sh`);
    net.metadata({ 'autoscaling/target-lifecycle-state': 'Terminated' });
    await until(() => host.read('etc/vestibule/edge/tables/switches').includes('drain:0:1:1:'));
    const early = host.asked().slice(before);
    assert.ok(!early.some((line) => line.includes('complete')), 'calls are up');
    await watching;
    const asked = host.asked().slice(before);
    assert.equal(host.read('stand-in/calls-up'), '');
    assert.ok(asked.some((line) => line.includes('record-lifecycle-action-heartbeat')));
    assert.match(asked.at(-1)!, /complete-lifecycle-action .*terminating --lifecycle-action-result CONTINUE/);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!isSo()) {
    assert.ok(Date.now() < end, `not so: ${isSo.toString()}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
}
