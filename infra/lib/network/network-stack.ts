import { flowMatrix } from '@vestibule/network';
import { CfnOutput, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { SubnetKind } from '../addresses.ts';
import type { Deployment } from '../deployment.ts';
import { addDnsFirewall } from './dns-firewall.ts';
import { addEndpoints } from './endpoints.ts';
import { addSecurityGroups, type GroupOf } from './security-groups.ts';

/** The VPC: subnets, routes, security groups made from the flow matrix, endpoints of every AWS service that is used, flow logs, DNS firewall. */
export class NetworkStack extends Stack {
  readonly vpcId: string;
  /** The security group of a place of the flow matrix. */
  readonly groupOf: GroupOf;
  readonly #subnets = new Map<string, ec2.CfnSubnet>();

  constructor(scope: Construct, id: string, deployment: Deployment, props: StackProps) {
    super(scope, id, props);
    const vpc = new ec2.CfnVPC(this, 'Vpc', {
      cidrBlock: deployment.settings.network,
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    this.vpcId = vpc.ref;
    this.#addSubnets(deployment);
    this.#addRoutes(deployment);
    this.groupOf = addSecurityGroups(this, vpc.ref, flowMatrix(), deployment);
    const zones = deployment.zones.map((_, zone) => this.subnetId('endpoints', zone));
    addEndpoints(this, { vpcId: vpc.ref, subnetIds: zones, groupOf: this.groupOf });
    addDnsFirewall(this, vpc.ref, deployment);
    this.#addFlowLogs(vpc.ref);
    new CfnOutput(this, 'VpcId', { value: vpc.ref });
  }

  /** @throws RangeError when there is none. */
  subnetId(kind: SubnetKind, zone: number): string {
    const found = this.#subnets.get(`${kind}/${zone}`);
    if (found === undefined) throw new RangeError(`zone ${zone} has no ${kind} subnet`);
    return found.ref;
  }

  #addSubnets({ subnets, zones }: Deployment): void {
    for (const { kind, zone, cidr } of subnets) {
      const subnet = new ec2.CfnSubnet(this, `Subnet-${kind}-${zone}`, {
        vpcId: this.vpcId,
        cidrBlock: cidr,
        ...{ availabilityZoneId: zones[zone]!, mapPublicIpOnLaunch: false },
      });
      Tags.of(subnet).add('Name', `${kind} ${zones[zone]}`);
      this.#subnets.set(`${kind}/${zone}`, subnet);
    }
  }

  /** Only the edge's outer subnets know the internet; only the app tier's know the backend. There is no NAT. */
  #addRoutes({ subnets, settings }: Deployment): void {
    const internet = new ec2.CfnInternetGateway(this, 'Internet');
    const attached = new ec2.CfnVPCGatewayAttachment(this, 'InternetAttachment', {
      vpcId: this.vpcId,
      internetGatewayId: internet.ref,
    });
    const backend = new ec2.CfnTransitGatewayAttachment(this, 'Backend', {
      vpcId: this.vpcId,
      transitGatewayId: settings.backend.gateway,
      subnetIds: subnets
        .filter(({ kind }) => kind === 'endpoints')
        .map(({ kind, zone }) => this.subnetId(kind, zone)),
    });
    for (const { kind, zone } of subnets) {
      const table = new ec2.CfnRouteTable(this, `Routes-${kind}-${zone}`, { vpcId: this.vpcId });
      new ec2.CfnSubnetRouteTableAssociation(this, `RoutesOf-${kind}-${zone}`, {
        routeTableId: table.ref,
        subnetId: this.subnetId(kind, zone),
      });
      if (kind === 'edge-outer') {
        const route = new ec2.CfnRoute(this, `ToInternet-${zone}`, {
          ...{ routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', gatewayId: internet.ref },
        });
        route.addResourceDependency(attached);
      }
      if (kind === 'app')
        for (const [index, network] of settings.backend.networks.entries()) {
          const route = new ec2.CfnRoute(this, `ToBackend-${zone}-${index}`, {
            ...{ routeTableId: table.ref, destinationCidrBlock: network },
            transitGatewayId: settings.backend.gateway,
          });
          route.addResourceDependency(backend);
        }
    }
  }

  #addFlowLogs(vpcId: string): void {
    const key = new kms.Key(this, 'FlowLogKey', {
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${this.region}.amazonaws.com`));
    const group = new logs.LogGroup(this, 'FlowLog', {
      encryptionKey: key,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new iam.Role(this, 'FlowLogRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
        resources: [group.logGroupArn, `${group.logGroupArn}:log-stream:*`],
      }),
    );
    new ec2.CfnFlowLog(this, 'Flows', {
      ...{
        resourceId: vpcId,
        resourceType: 'VPC',
        trafficType: 'ALL',
        logDestinationType: 'cloud-watch-logs',
      },
      logGroupName: group.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
    });
  }
}
