import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { edgeTemplates } from '../lib/edge/testing/templates.ts';
import { EdgeChroot } from './testing/edge-chroot.ts';
import { bundleOf, keys, provision, publish } from './testing/edge-deployment.ts';
import { resolved } from './testing/resolved.ts';
import { addresses, TwoNamespaces } from './testing/two-namespaces.ts';

/** The user data of the synthesised launch template, as CloudFormation would hand it to a new host. */

const example = fileURLToPath(new URL('../example/vestibule.yaml', import.meta.url));
const names = {
  ...{ 'AWS::Region': 'us-east-1', Outer0: 'eni-outer', Inner0: 'eni-inner' },
  ...{ Signing: 'alias/vestibule-bundles', EdgeSecret: 'secret', Token: 'store-token', Log: 'edge' },
};

let synthesised: Promise<string> | undefined;
const userData = (): Promise<string> => (synthesised ??= synthesise());

async function synthesise(): Promise<string> {
  const { hosts } = edgeTemplates(await loadConfig(example), example);
  const template = Object.values(hosts.Resources).find(({ Type }) => Type === 'AWS::EC2::LaunchTemplate');
  const { UserData } = template!.Properties!['LaunchTemplateData'] as { UserData: { 'Fn::Base64': unknown } };
  return resolved(UserData['Fn::Base64'], names);
}

test('fits, and ShellCheck has nothing against it', async (t) => {
  const text = await userData();
  assert.ok(Buffer.byteLength(text) <= 16_384, `${Buffer.byteLength(text)} bytes`);
  const { status, stdout, error } = spawnSync('shellcheck', ['-'], { input: text, encoding: 'utf8' });
  if (error !== undefined) return t.skip('shellcheck is not installed');
  assert.equal(status, 0, stdout);
});

const skip = process.getuid?.() === 0 ? false : 'network namespaces need root';
const { privateKey, publicKey } = keys();

test('a new host takes the interfaces, the bundle, and calls', { skip }, async (t) => {
  const net = await new TwoNamespaces(`v${process.pid}-new`).start('');
  const host = new EdgeChroot(net.host);
  t.after(async () => {
    await host.stop();
    await net.stop();
  });
  await host.start();
  provision(host, publicKey);
  publish(host, await bundleOf(10, privateKey));
  host.write('user-data', await userData(), 0o700);
  await host.run('/user-data');
  assert.match(host.read('etc/vestibule/host.env'), /^VESTIBULE_ZONE=use1-az1$/m);
  assert.match(host.read('stand-in/systemctl-calls'), /^enable vestibule-interfaces\.service$/m);
  // A heartbeat may be on its way when the hook is ended: on a busy machine it comes last.
  const word = host
    .asked()
    .filter((line) => !line.includes('record-lifecycle-action-heartbeat'))
    .at(-1);
  assert.match(
    word ?? '',
    /complete-lifecycle-action .*lakeside-edge-use1-az1 .*launching .*CONTINUE --instance-id i-new/,
  );
  const listening = await net.inHost('ss', '-Hnlut');
  for (const socket of [
    `${addresses.outer}:5060`,
    `${addresses.outer}:5061`,
    `${addresses.inner}:5060`,
    `${addresses.inner}:2223`,
  ])
    assert.ok(listening.includes(socket), `${socket} in\n${listening}`);
});

test('a host that cannot have the interfaces is given up', { skip }, async (t) => {
  const net = await new TwoNamespaces(`v${process.pid}-not`).start('');
  const host = new EdgeChroot(net.host);
  t.after(async () => {
    await host.stop();
    await net.stop();
  });
  await host.start();
  net.change({ interfaces: {} });
  host.write('user-data', await userData(), 0o700);
  await assert.rejects(host.run('/user-data'), /eni-outer cannot be looked up/);
  assert.match(host.asked().at(-1)!, /complete-lifecycle-action .*launching .*ABANDON --instance-id i-new/);
});
