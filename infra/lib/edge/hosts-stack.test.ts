import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@vestibule/config';
import type { Template } from '../../reach/template.ts';
import { edgeTemplates } from './testing/templates.ts';

const file = fileURLToPath(new URL('../../example/vestibule.yaml', import.meta.url));

interface LaunchTemplate {
  KeyName?: string;
  ImageId: string;
  MetadataOptions: unknown;
  BlockDeviceMappings: { Ebs: { Encrypted: boolean; KmsKeyId?: unknown } }[];
  NetworkInterfaces: { AssociatePublicIpAddress: boolean; Groups: unknown[] }[];
  TagSpecifications: { Tags: { Key: string; Value: string }[] }[];
}
interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
  Principal?: unknown;
}

describe('edge hosts', () => {
  let hosts: Template;
  let keys: Template;
  const ofType = (type: string) => Object.values(hosts.Resources).filter(({ Type }) => Type === type);

  before(async () => ({ hosts, keys } = edgeTemplates(await loadConfig(file), file)));

  test('a group of one in each zone, which waits for its host to be ready and to have drained', () => {
    const groups = ofType('AWS::AutoScaling::AutoScalingGroup').map(({ Properties }) => Properties!);
    assert.deepEqual(
      groups.map((group) => [group['AutoScalingGroupName'], group['MinSize'], group['MaxSize']]),
      [
        ['lakeside-edge-use1-az1', '1', '1'],
        ['lakeside-edge-use1-az2', '1', '1'],
      ],
    );
    for (const group of groups) {
      const hooks = group['LifecycleHookSpecificationList'] as Record<string, string | number>[];
      assert.deepEqual(
        hooks.map(({ LifecycleHookName, DefaultResult, HeartbeatTimeout }) => [
          LifecycleHookName,
          DefaultResult,
          HeartbeatTimeout,
        ]),
        [
          ['launching', 'ABANDON', 120],
          ['terminating', 'CONTINUE', 120],
        ],
      );
    }
  });

  test('no SSH key, IMDSv2 for the host alone, encrypted disk, no public address of its own', () => {
    const templates = ofType('AWS::EC2::LaunchTemplate').map(
      ({ Properties }) => Properties!['LaunchTemplateData'] as LaunchTemplate,
    );
    assert.equal(templates.length, 2);
    for (const { KeyName, ImageId, MetadataOptions, BlockDeviceMappings, NetworkInterfaces } of templates) {
      assert.equal(KeyName, undefined);
      assert.equal(ImageId, '{{resolve:ssm:/vestibule/edge/image}}');
      assert.deepEqual(MetadataOptions, {
        HttpTokens: 'required',
        HttpPutResponseHopLimit: 1,
        InstanceMetadataTags: 'disabled',
      });
      assert.ok(BlockDeviceMappings.every(({ Ebs }) => Ebs.Encrypted && Ebs.KmsKeyId !== undefined));
      assert.deepEqual(
        NetworkInterfaces.map(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress),
        [false],
      );
      assert.match(JSON.stringify(NetworkInterfaces[0]!.Groups), /Groupedgehost/);
    }
  });

  test('a host may attach and detach its own zone’s interfaces, at instances with its own tag', () => {
    const policies = ofType('AWS::IAM::Policy').map(({ Properties }) => Properties!);
    for (const [zone, name] of ['lakeside-edge-use1-az1', 'lakeside-edge-use1-az2'].entries()) {
      const policy = policies.find(({ PolicyName }) => String(PolicyName).startsWith(`Role${zone}`))!;
      const { Statement: statements } = policy['PolicyDocument'] as { Statement: Statement[] };
      const attaching = statements.filter(({ Action }) => Action.includes('ec2:AttachNetworkInterface'));
      assert.equal(attaching.length, 2);
      const text = JSON.stringify(attaching[0]!.Resource);
      assert.match(text, new RegExp(`Outer${zone}`));
      assert.match(text, new RegExp(`Inner${zone}`));
      assert.doesNotMatch(text, new RegExp(`(Outer|Inner)${1 - zone}`));
      assert.deepEqual(attaching[1]!.Condition, {
        StringEquals: { 'aws:ResourceTag/vestibule:pinned': name },
      });
    }
  });

  test('no part of the deployment may sign bundles', () => {
    const signs = ofType('AWS::IAM::Policy').filter(({ Properties }) =>
      JSON.stringify(Properties).includes('kms:Sign'),
    );
    assert.deepEqual(signs, []);
  });

  test('Auto Scaling may use the key of the disks, for AWS’s resources only', () => {
    const policies = Object.values(keys.Resources).flatMap(
      ({ Properties }) =>
        (Properties?.['KeyPolicy'] as { Statement: Statement[] } | undefined)?.Statement ?? [],
    );
    const granting = policies.filter(({ Action }) => Action === 'kms:CreateGrant');
    assert.equal(granting.length, 1);
    assert.match(JSON.stringify(granting[0]!.Principal), /AWSServiceRoleForAutoScaling/);
    assert.deepEqual(granting[0]!.Condition, { Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  test('an operator’s commands take no words but the ones listed', () => {
    for (const { Properties } of ofType('AWS::SSM::Document')) {
      const { parameters, mainSteps } = Properties!['Content'] as {
        parameters: Record<string, { allowedValues: string[] }>;
        mainSteps: { inputs: { runCommand: string[] } }[];
      };
      assert.deepEqual(Object.keys(parameters), ['Options']);
      assert.ok(parameters['Options']!.allowedValues.every((value) => /^(--[a-z-]+ ?)*$/.test(value)));
      assert.deepEqual(
        mainSteps.flatMap(({ inputs }) => inputs.runCommand.map((line) => line.split('{{').length)),
        [2],
      );
    }
  });
});
