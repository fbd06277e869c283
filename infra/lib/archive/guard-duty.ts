import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type { Construct } from 'constructs';

/** GuardDuty's detector of this account and region: the archive's data events, and where functions connect to, among what it watches. */
export function addGuardDuty(scope: Construct): void {
  new guardduty.CfnDetector(scope, 'GuardDuty', {
    ...{ enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES' },
    features: ['S3_DATA_EVENTS', 'LAMBDA_NETWORK_LOGS'].map((name) => ({ name, status: 'ENABLED' })),
  });
}
