import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { deploymentOf } from '../deployment.ts';
import { KeysStack } from '../keys-stack.ts';
import { ImagesStack } from './images-stack.ts';

const example = join(import.meta.dirname, '../../example/vestibule.yaml');
const config = await loadConfig(example);
const folder = mkdtempSync(join(tmpdir(), 'vestibule-mirror-'));
after(() => rmSync(folder, { recursive: true }));

function synthesised(size: 'dev' | 'prod') {
  const deployment = deploymentOf({ ...config, aws: { ...config.aws!, size } }, example);
  const app = new App({ analyticsReporting: false });
  const props = { env: { region: config.region } };
  const keys = new KeysStack(app, 'Keys', config, props);
  const images = new ImagesStack(app, 'Images', deployment, keys, props);
  return { images, template: Template.fromStack(images) };
}

test('five repositories: encrypted by our key, scanned, with tags that stay', () => {
  const { template } = synthesised('prod');
  template.resourceCountIs('AWS::ECR::Repository', 5);
  template.allResourcesProperties('AWS::ECR::Repository', {
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
    EncryptionConfiguration: { EncryptionType: 'KMS' },
  });
  template.allResources('AWS::ECR::Repository', { DeletionPolicy: 'Retain' });
  synthesised('dev').template.allResources('AWS::ECR::Repository', { DeletionPolicy: 'Delete' });
});

test('an image is the one digest that vestibule.yaml has', () => {
  const { images } = synthesised('prod');
  const { uri } = images.imageOf('livekitSip');
  assert.ok(uri.endsWith(`@${config.aws!.images.livekitSip}`), uri);
});

const registry = '123456789012.dkr.ecr.us-east-1.amazonaws.com';

/** Runs mirror.sh with a skopeo that notes what it is asked and has what was copied. */
function mirror(args: string[], { has = '' } = {}): { status: number | null; said: string; asked: string[] } {
  const log = join(folder, 'asked');
  writeFileSync(log, '');
  writeFileSync(
    join(folder, 'skopeo'),
    `#!/bin/sh
echo "$*" >>'${log}'
case "$1 $*" in
  inspect*${has || 'nothing-is-there'}*) exit 0 ;;
  inspect*) grep -q "^copy.*\${3##*@}" '${log}' ;;
esac
`,
  );
  chmodSync(join(folder, 'skopeo'), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}`, NODE: process.execPath };
  const ran = spawnSync('bash', [join(import.meta.dirname, 'mirror.sh'), ...args], { env, encoding: 'utf8' });
  const asked = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('copy'));
  return { status: ran.status, said: ran.stdout + ran.stderr, asked };
}

test('the mirror copies each image by its digest, all platforms, digests kept', () => {
  const { status, said, asked } = mirror([registry, example, 'registry.lakeside.internal:5000/vestibule']);
  assert.equal(status, 0, said);
  assert.equal(asked.length, 5);
  const { agent, livekit } = config.aws!.images;
  const line = (from: string, repository: string, digest: string) =>
    `copy --all --preserve-digests docker://${from}@${digest} docker://${registry}/vestibule/${repository}:${digest.replace(':', '-')}`;
  assert.ok(
    asked.includes(line('registry.lakeside.internal:5000/vestibule/agent', 'agent', agent)),
    asked.join('\n'),
  );
  assert.ok(asked.includes(line('docker.io/livekit/livekit-server', 'livekit-server', livekit)));
});

test('what is there is not copied again', () => {
  const { status, asked } = mirror([registry, example, 'registry.lakeside.internal/v'], {
    has: 'vestibule/livekit-',
  });
  assert.equal(status, 0);
  assert.equal(asked.length, 3);
});

for (const [what, args, message] of [
  ['a registry that is not ECR', ['docker.io/x', example], /usage/],
  ['ours without a place to take them from', [registry, example], /agent is ours/],
  ['a tag', [registry, example, 'registry.lakeside.internal/vestibule:latest'], /has a tag/],
  ['a file that is not there', [registry, '/nowhere/vestibule.yaml', 'r/v'], /cannot be used/],
] as const)
  test(`the mirror refuses ${what} before it copies anything`, () => {
    const { status, said, asked } = mirror([...args]);
    assert.equal(status, 1);
    assert.match(said, message);
    assert.deepEqual(asked, []);
  });

test('a tag in vestibule.yaml is a fault of the file', () => {
  const text = readFileSync(example, 'utf8').replace(config.aws!.images.agent, 'v1.2.3');
  const file = join(import.meta.dirname, '../../example', `.tag-${process.pid}.yaml`);
  writeFileSync(file, text);
  try {
    assert.throws(
      () => execFileSync(process.execPath, [join(import.meta.dirname, 'list.ts'), file], { stdio: 'pipe' }),
      /aws\.images\.agent: .*is not a digest/,
    );
  } finally {
    rmSync(file);
  }
});
