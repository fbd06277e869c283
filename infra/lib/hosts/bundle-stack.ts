import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { KeysStack } from '../keys-stack.ts';
import { allow } from '../statements.ts';

/** Names the bundle that hosts run on; `publish-bundle.sh` writes it, so no deployment sets it back. Below it, `uri` and `sha256` for tasks. */
export const bundleParameter = '/vestibule/bundle';

/**
 * Where bundles lie, the key that signs them, and the secret of the edge hosts, both to be there before the hosts are. The key is of its own: whoever may
 * sign a call's record must not be able to tell hosts what to run, and no part of the deployment may sign with this one.
 */
export class BundleStack extends Stack {
  readonly bucket: s3.Bucket;
  readonly signing: kms.Key;
  /**
   * Certificates, their keys and `edge.env` of all edge hosts: a JSON object of file names under /etc/vestibule and texts. Hosts read it whenever they
   * apply a bundle.
   */
  readonly edgeSecret: secretsmanager.CfnSecret;
  /** For tasks, as the parameters have it when they are deployed. */
  readonly source: { bucketArn: string; uri: string; sha256: string };

  constructor(
    scope: Construct,
    id: string,
    keys: Pick<KeysStack, 'data'>,
    accessLogs: s3.IBucket,
    { bucketName, ...props }: StackProps & { bucketName: string },
  ) {
    super(scope, id, props);
    this.signing = new kms.Key(this, 'Signing', {
      description: 'vestibule: signs bundles',
      alias: 'alias/vestibule-bundles',
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = this.#makeBucket(bucketName, keys.data, accessLogs);
    this.edgeSecret = new secretsmanager.CfnSecret(this, 'EdgeSecret', {
      description: 'vestibule: certificates, keys and edge.env of the edge hosts',
      kmsKeyId: keys.data.keyArn,
    });
    this.source = {
      // By its name: a reference from another stack would read otherwise there, and cdk-nag asks for each by its reading.
      bucketArn: `arn:aws:s3:::${bucketName}`,
      uri: `{{resolve:ssm:${bundleParameter}/uri}}`,
      sha256: `{{resolve:ssm:${bundleParameter}/sha256}}`,
    };
    new CfnOutput(this, 'EdgeSecretArn', { value: this.edgeSecret.ref, description: 'To be filled' });
    new CfnOutput(this, 'Bucket', { value: this.bucket.bucketName, description: 'For publish-bundle.sh' });
  }

  /** @returns ARN of the parameter that names the bundle. */
  get parameterArn(): string {
    return this.formatArn({ service: 'ssm', resource: `parameter${bundleParameter}` });
  }

  /** What a host needs to read the bundle and to check its signature. */
  readStatements(keys: Pick<KeysStack, 'data'>): iam.PolicyStatement[] {
    const via = { StringEquals: { 'kms:ViaService': `s3.${this.region}.amazonaws.com` } };
    return [
      allow(['ssm:GetParameter'], [this.parameterArn]),
      allow(['s3:GetObject', 's3:GetObjectVersion'], [`${this.source.bucketArn}/*`]),
      allow(['kms:Decrypt'], [keys.data.keyArn], via),
      allow(['kms:GetPublicKey'], [this.signing.keyArn]),
    ];
  }

  #makeBucket(bucketName: string, encryptionKey: kms.IKey, accessLogs: s3.IBucket): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Bundles', {
      bucketName,
      ...{ encryption: s3.BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true },
      ...{ enforceSSL: true, versioned: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL },
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(400) }],
      ...{ serverAccessLogsBucket: accessLogs, serverAccessLogsPrefix: 'bundles/' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(bucket).acknowledge({
      id: 'HIPAA.Security-S3BucketReplicationEnabled',
      reason:
        'A bundle is made again from the repository, with the same bytes; versions of it are kept for 400 days',
    });
    return bucket;
  }
}
