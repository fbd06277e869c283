import { z } from 'zod';
import { EnrichError } from './errors.ts';

export interface Environment {
  backendUrl: string;
  backendToken: string;
  openSearchUrl: string;
  region: string;
  /** The archive's bucket: where dead letters are put, and what is under way is noted. */
  bucket: string;
  /** KMS key that wraps calls' keys. */
  dataKey: string;
  /** Base of the FHIR server; undefined without one. */
  fhir: { url: string; token: string | undefined } | undefined;
  /** EventBridge bus, by name or ARN; undefined without one. */
  eventBus: string | undefined;
  /** Folder of the questionnaires that are asked; without it there are no codes of questions and no second reading. */
  questionnaires: string | undefined;
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const token = z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII');
const schema = z
  .object({
    VESTIBULE_BACKEND_URL: url,
    VESTIBULE_BACKEND_TOKEN: token,
    OPENSEARCH_URL: url,
    VESTIBULE_ARCHIVE_BUCKET: z.string().min(3),
    VESTIBULE_RECORD_KEY: z.string().min(1).default('alias/vestibule-record'),
    VESTIBULE_FHIR_URL: url.optional(),
    VESTIBULE_FHIR_TOKEN: token.optional(),
    VESTIBULE_EVENT_BUS: z.string().min(1).optional(),
    VESTIBULE_QUESTIONNAIRES: z.string().min(1).optional(),
    AWS_REGION: z.string().min(1).default('us-east-1'),
  })
  .refine((read) => read.VESTIBULE_FHIR_TOKEN === undefined || read.VESTIBULE_FHIR_URL !== undefined, {
    path: ['VESTIBULE_FHIR_TOKEN'],
    message: 'is of no use without VESTIBULE_FHIR_URL: set both, or neither',
    when: () => true,
  });

/** Endpoints and credentials of AWS's services are read by the SDK itself. @throws EnrichError `invalid-environment`, naming every fault */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new EnrichError('invalid-environment', { detail: faults.join('; ') });
  }
  const read = parsed.data;
  return Object.freeze({
    backendUrl: read.VESTIBULE_BACKEND_URL,
    backendToken: read.VESTIBULE_BACKEND_TOKEN,
    openSearchUrl: read.OPENSEARCH_URL,
    region: read.AWS_REGION,
    bucket: read.VESTIBULE_ARCHIVE_BUCKET,
    dataKey: read.VESTIBULE_RECORD_KEY,
    fhir:
      read.VESTIBULE_FHIR_URL === undefined
        ? undefined
        : { url: read.VESTIBULE_FHIR_URL, token: read.VESTIBULE_FHIR_TOKEN },
    eventBus: read.VESTIBULE_EVENT_BUS,
    questionnaires: read.VESTIBULE_QUESTIONNAIRES,
  });
}
