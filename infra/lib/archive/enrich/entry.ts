import { CodedError } from '@vestibule/core';
import { type Handler, handler as enrich } from '@vestibule/enrich';
import { z } from 'zod';
import { type AwsCall, awsCalls } from '../../state/rotation/aws-call.ts';

/**
 * What Lambda runs: enrichment's own handler, after the tokens have come from Secrets Manager. In the function's configuration they would be
 * readable by whoever may look at functions.
 */

const tokensSchema = z.object({ backend: z.string().min(1), fhir: z.string().min(1).optional() });
let tokens: Promise<void> | undefined;

export const handler: Handler = async (event, context) => {
  const { VESTIBULE_TOKENS: secret } = process.env;
  if (secret !== undefined) {
    tokens ??= takeTokens(process.env, secret, awsCalls(regionOf(process.env), credentialsOf(process.env)));
    // What failed is tried again with the next event.
    await tokens.catch((error: unknown) => {
      tokens = undefined;
      throw error;
    });
  }
  return enrich(event, context as Parameters<typeof enrich>[1]);
};

/** Puts the tokens where `apps/enrich` looks for them. @throws CodedError `tokens-unavailable` */
export async function takeTokens(
  environment: NodeJS.ProcessEnv,
  secret: string,
  call: AwsCall,
): Promise<void> {
  const read = tokensSchema.safeParse(await secretValue(secret, call));
  if (!read.success) {
    const fields = read.error.issues.map(({ path }) => path.join('.') || 'JSON').join(', ');
    const remedy = 'put {"backend": "…", "fhir": "…"} there; fhir only where there is such a server';
    throw new CodedError('tokens-unavailable', `${secret}: ${fields} is missing: ${remedy}`);
  }
  environment['VESTIBULE_BACKEND_TOKEN'] = read.data.backend;
  if (read.data.fhir !== undefined) environment['VESTIBULE_FHIR_TOKEN'] = read.data.fhir;
}

async function secretValue(secret: string, call: AwsCall): Promise<unknown> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  try {
    const body = JSON.stringify({ SecretId: secret });
    const answer = JSON.parse(await call({ endpoint: 'secretsmanager', headers, body })) as {
      SecretString?: string;
    };
    return JSON.parse(answer.SecretString ?? 'null');
  } catch (cause) {
    throw new CodedError('tokens-unavailable', `${secret} cannot be read`, { cause });
  }
}

const regionOf = ({ AWS_REGION = '' }: NodeJS.ProcessEnv) => AWS_REGION;

/** As Lambda gives them to every function. */
function credentialsOf({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }: NodeJS.ProcessEnv) {
  return {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
}
