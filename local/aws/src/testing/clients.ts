import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { PollyClient } from '@aws-sdk/client-polly';
import { TranscribeStreamingClient } from '@aws-sdk/client-transcribe-streaming';
import { NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';

export type Http = 'h2c' | 'http/1.1';

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };

/** The SDK clients, as anybody would make them: an endpoint and credentials. */
export function sdkClients(port: number, http: Http = 'h2c', keys: AwsCredentials = credentials) {
  const requestHandler = () =>
    http === 'h2c' ? new NodeHttp2Handler({ disableConcurrentStreams: true }) : new NodeHttpHandler();
  const common = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: keys,
    maxAttempts: 1,
  };
  const clients = {
    transcribe: new TranscribeStreamingClient({ ...common, requestHandler: requestHandler() }),
    bedrock: new BedrockRuntimeClient({ ...common, requestHandler: requestHandler() }),
    polly: new PollyClient({ ...common, requestHandler: requestHandler() }),
    kms: new KMSClient({ ...common, requestHandler: requestHandler() }),
    events: new EventBridgeClient({ ...common, requestHandler: requestHandler() }),
  };
  return {
    ...clients,
    [Symbol.dispose]: () => Object.values(clients).forEach((client) => client.destroy()),
  };
}
