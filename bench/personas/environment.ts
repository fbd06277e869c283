import { CodedError } from '@vestibule/core';
import { z } from 'zod';

const schema = z.object({
  AWS_ENDPOINT_URL_S3: z.url(),
  VESTIBULE_ARCHIVE_BUCKET: z.string().min(1),
});

/**
 * Where the running stack archives its calls. Region and keys are the SDK's own variables.
 * @throws CodedError `environment` that names the variables which are missing.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): { s3: string; bucket: string } {
  const result = schema.safeParse(env);
  if (!result.success) {
    const names = result.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new CodedError('environment', `set ${names} to where the running stack archives its calls`);
  }
  return { s3: result.data.AWS_ENDPOINT_URL_S3, bucket: result.data.VESTIBULE_ARCHIVE_BUCKET };
}
