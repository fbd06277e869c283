/** AWS's services that are used from inside the VPC, by the last part of their endpoint's name. */
export const services = [
  ...['transcribestreaming', 'bedrock-runtime', 'polly', 'kms', 'events', 'secretsmanager', 'sts'],
  ...['ec2', 'ssm', 'ssmmessages', 'ec2messages', 'autoscaling', 'logs', 'monitoring'],
  ...['ecr.api', 'ecr.dkr', 'ecs', 'ecs-agent', 'ecs-telemetry'],
] as const;
