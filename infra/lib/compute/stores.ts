import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** What the apps reach of the stores. */
export interface Stores {
  /** LiveKit's Redis: host and port, and its AUTH token. */
  bus: { address: string; password: ISecret };
  /** By app: the URL that names its user, and the secret whose `password` is that user's. */
  callLog: Record<'agent' | 'recorder', { url: string; password: ISecret }>;
  openSearch: { url: string };
  /** The private hosted zone `vestibule.internal`. */
  zone: { id: string; name: string };
}

/** A digest-pinned image in the account's own ECR. */
export type ImageOf = (name: 'agent' | 'mcp' | 'recorder' | 'livekit' | 'livekitSip') => {
  uri: string;
  repositoryArn: string;
};

/** Where tasks and hosts get their configuration. */
export interface BundleSource {
  bucketArn: string;
  /** `s3://bucket/key?versionId=…` */
  uri: string;
  sha256: string;
}
