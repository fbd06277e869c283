import { awsCredentials, type Context } from '../parts/context.ts';
import { livekitEnv } from '../parts/livekit.ts';
import { address, ports } from '../ports.ts';

/** How a client outside the stack reaches it, as environment variables. Holds this clone's local secrets. */
export function clientEnvironment(context: Context, bucket: string): Record<string, string> {
  return {
    ...awsCredentials(context),
    ...livekitEnv(context),
    AWS_ENDPOINT_URL_S3: `http://${address(ports.s3)}`,
    AWS_ENDPOINT_URL_KMS: `http://${address(ports.aws)}`,
    VESTIBULE_ARCHIVE_BUCKET: bucket,
    VESTIBULE_LOG_URL: `redis://${address(ports.redisLog)}`,
    VESTIBULE_MCP_URL: `http://${address(ports.mcp)}/mcp`,
    VESTIBULE_MCP_SECRET: context.secrets.mcpSecret,
    VESTIBULE_BACKEND_URL: `http://${address(ports.florizel)}`,
    VESTIBULE_BACKEND_TOKEN: context.secrets.backendToken,
    VESTIBULE_FHIR_URL: `http://${address(ports.fhir)}/fhir`,
    VESTIBULE_FHIR_TOKEN: context.secrets.fhirToken,
    OPENSEARCH_URL: `http://${address(ports.opensearch)}`,
  };
}
