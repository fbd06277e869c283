import { z } from 'zod';
import { EnrichError } from './errors.ts';

export interface Environment {
  backendUrl: string;
  backendToken: string;
  openSearchUrl: string;
  region: string;
  /** KMS key that wraps calls' keys. */
  dataKey: string;
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const schema = z.object({
  VESTIBULE_BACKEND_URL: url,
  VESTIBULE_BACKEND_TOKEN: z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII'),
  OPENSEARCH_URL: url,
  VESTIBULE_RECORD_KEY: z.string().min(1).default('alias/vestibule-record'),
  AWS_REGION: z.string().min(1).default('us-east-1'),
});

/** The S3 endpoint and credentials are read by the SDK itself. @throws EnrichError `invalid-environment` */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new EnrichError('invalid-environment', { detail: faults.join('; ') });
  }
  return Object.freeze({
    backendUrl: parsed.data.VESTIBULE_BACKEND_URL,
    backendToken: parsed.data.VESTIBULE_BACKEND_TOKEN,
    openSearchUrl: parsed.data.OPENSEARCH_URL,
    region: parsed.data.AWS_REGION,
    dataKey: parsed.data.VESTIBULE_RECORD_KEY,
  });
}
