import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@vestibule/config';
import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { synthesiseApp } from '../lib/synth.ts';
import type { Templates } from '../reach/template.ts';
import { iamFaults } from './iam.ts';
import { lint } from './lint.ts';
import { nag } from './nag.ts';

/** The example deployment passes every check, in both sizes, and each check finds what is put in its way. */

const file = fileURLToPath(new URL('../example/vestibule.yaml', import.meta.url));
const config = await loadConfig(file);
const folder = mkdtempSync(join(tmpdir(), 'vestibule-check-'));
after(() => rmSync(folder, { recursive: true }));
const prod = synthesiseApp(config, file, join(folder, 'prod'));
const dev = synthesiseApp(
  { ...config, aws: { ...config.aws!, size: 'dev', callLog: 'memorydb' } },
  file,
  join(folder, 'dev'),
);

for (const [size, { app, templates, files }] of Object.entries({ prod, dev })) {
  test(`${size}: cdk-nag finds nothing, and each thing accepted has a reason`, () => {
    const { findings, accepted } = nag(app);
    assert.deepEqual(findings, []);
    for (const line of accepted) assert.match(line, /^[\w.-]+(\[.*\])?: .{30,}/);
  });

  test(`${size}: no statement has a wildcard for an action, or for what has resources`, () => {
    assert.deepEqual(iamFaults(templates), []);
  });

  test(`${size}: cfn-lint finds nothing`, async () => {
    assert.deepEqual(await lint(files, config.region), []);
  });
}

const policy = (Statement: object): Templates => ({
  S: { Resources: { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement } } } } },
});
const bucket = (Statement: object): Templates => ({
  S: { Resources: { B: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement } } } } },
});
const allow = { Effect: 'Allow', Resource: 'arn:aws:s3:::b/x' };

for (const [what, templates, found] of [
  ['every action', policy({ ...allow, Action: '*' }), /\* is a wildcard/],
  ['a service’s every action', policy([{ ...allow, Action: ['s3:*'] }]), /s3:\* is a wildcard/],
  ['a family of actions', policy({ ...allow, Action: 's3:Get*' }), /s3:Get\* is a wildcard/],
  ['every resource', policy({ ...allow, Action: 's3:GetObject', Resource: '*' }), /s3:GetObject on \*/],
  ['all but some actions', policy({ ...allow, NotAction: 's3:GetObject' }), /NotAction/],
  ['all but some resources', policy({ Effect: 'Allow', Action: 'a:b', NotResource: 'x' }), /NotResource/],
  ['everybody', bucket({ ...allow, Principal: '*', Action: 's3:GetObject' }), /trusts everybody/],
  [
    'everybody, as AWS',
    bucket({ ...allow, Principal: { AWS: '*' }, Action: 's3:GetObject' }),
    /trusts everybody/,
  ],
] as const)
  test(`found in IAM: ${what}`, () => assert.match(iamFaults(templates).join('\n'), found));

test('allowed in IAM: what AWS has no resources for, and denials', () => {
  assert.deepEqual(
    iamFaults(policy({ Effect: 'Allow', Action: 'polly:SynthesizeSpeech', Resource: '*' })),
    [],
  );
  assert.deepEqual(iamFaults(policy({ Effect: 'Deny', Action: '*', Resource: '*' })), []);
});

test('found by cdk-nag: a bucket that is open to everything', () => {
  const { app } = synthesiseApp(config, file, join(folder, 'open'));
  new s3.Bucket(new Stack(app, 'Open'), 'Bucket');
  assert.ok(nag(app).findings.some((finding) => finding.startsWith('AwsSolutions-S10 Open/Bucket')));
});
