import * as iam from 'aws-cdk-lib/aws-iam';

/** One statement of a role. */
export const allow = (
  actions: string[],
  resources: string[],
  conditions?: iam.PolicyStatementProps['conditions'],
): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions, resources, ...(conditions === undefined ? {} : { conditions }) });

/** Of a host: sessions and commands of an operator, by Systems Manager. These have no resources (service authorization reference). */
export const operatorAccess = (): iam.PolicyStatement =>
  allow(
    [
      ...['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel'],
      ...['ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'],
      'ssm:UpdateInstanceInformation',
    ],
    ['*'],
  );
