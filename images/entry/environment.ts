import { parseEnvironment } from '@vestibule/core';
import { z } from 'zod';

/** An object of S3 in one version, so that nobody can put another in its place. */
export interface Source {
  bucket: string;
  key: string;
  versionId: string;
}

function source(text: string, context: z.RefinementCtx): Source {
  const [, bucket, key, versionId] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{2,62})\/([^?]+)\?versionId=([^&]+)$/.exec(text) ?? [];
  if (bucket && key && versionId) return { bucket, key, versionId: decodeURIComponent(versionId) };
  context.addIssue({ code: 'custom', message: 'is not s3://BUCKET/KEY?versionId=VERSION' });
  return z.NEVER;
}

const schema = z.object({
  VESTIBULE_BUNDLE: z.string().transform(source),
  /** Of the whole file. */
  VESTIBULE_BUNDLE_SHA256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest in hex'),
  /** The bundle is unpacked beside it. */
  VESTIBULE_CONFIG: z.string().startsWith('/').default('/config/vestibule.yaml'),
  AWS_REGION: z.string().min(1),
});

export type Environment = Readonly<z.infer<typeof schema>>;

/** This file is the one place where it is read. @throws CodedError `invalid-environment`, all faults in one. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return parseEnvironment(schema, env);
}
