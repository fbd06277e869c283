import { Fn } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { PinnedInterfaces } from './pinned-interfaces.ts';

export interface GroupOfOne {
  /** Behind the names of its constructs: `Group-…`. */
  id: string;
  /** Tag `Name` of the host. */
  name: string;
  /** AMI, or a dynamic reference to one. */
  image: string;
  /** EC2 instance type. */
  instance: string;
  /** Encrypts its disk, of so many GiB. */
  disk: { key: IKey; size: number };
  /** Where its own interface stands, and with which security group. */
  subnetId: string;
  securityGroup: string;
  pinned: PinnedInterfaces;
  statements: readonly iam.PolicyStatement[];
  userData: string;
  /** Of the instance, besides that of its pinned interfaces. */
  tags: { key: string; value: string }[];
  group?: Partial<autoscaling.CfnAutoScalingGroupProps>;
}

/** A host that another replaces when it dies, and which hands its pinned interfaces on to it. No key to log in by, metadata by token alone, an encrypted disk. */
export function groupOfOne(scope: Construct, host: GroupOfOne): void {
  const { id, name, pinned, statements, subnetId, group } = host;
  const role = new iam.Role(scope, `Role-${id}`, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  });
  for (const statement of [...statements, ...pinned.statements]) role.addToPolicy(statement);
  const template = launchTemplate(scope, role, host);
  const made = new autoscaling.CfnAutoScalingGroup(scope, `Group-${id}`, {
    ...{ minSize: '1', maxSize: '1', desiredCapacity: '1' },
    ...{ healthCheckType: 'EC2', healthCheckGracePeriod: 300 },
    launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
    vpcZoneIdentifier: [subnetId],
    tags: [{ key: 'Name', value: name, propagateAtLaunch: true }],
    ...group,
  });
  // A host that starts must be able to do what it starts with.
  made.node.addDependency(role);
}

function launchTemplate(
  scope: Construct,
  role: iam.Role,
  { id, image, instance, disk, securityGroup, pinned, userData, tags }: GroupOfOne,
): ec2.CfnLaunchTemplate {
  const profile = new iam.CfnInstanceProfile(scope, `Profile-${id}`, { roles: [role.roleName] });
  return new ec2.CfnLaunchTemplate(scope, `Template-${id}`, {
    launchTemplateData: {
      imageId: image,
      instanceType: instance,
      iamInstanceProfile: { arn: profile.attrArn },
      metadataOptions: {
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: 'disabled',
      },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            ...{ encrypted: true, kmsKeyId: disk.key.keyArn, deleteOnTermination: true },
            ...{ volumeSize: disk.size, volumeType: 'gp3' },
          },
        },
      ],
      networkInterfaces: [
        {
          ...{ deviceIndex: 0, associatePublicIpAddress: false, deleteOnTermination: true },
          groups: [securityGroup],
        },
      ],
      tagSpecifications: [{ resourceType: 'instance', tags: [pinned.tag, ...tags] }],
      userData: Fn.base64(userData),
    },
  });
}
