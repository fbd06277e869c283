import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { Client, type ClientOptions } from '@opensearch-project/opensearch';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';

/** The region of an Amazon OpenSearch Service domain, by its endpoint; undefined for any other server. */
export function regionOfDomain(url: string): string | undefined {
  return /\.([a-z]{2}(?:-[a-z]+)+-\d)\.es\.amazonaws\.com(?:\.cn)?$/.exec(new URL(url).hostname)?.[1];
}

/** A client of the server at `node`; a domain's requests are signed with the credentials that the AWS SDK finds. */
export function openSearchClient(
  node: string,
  options: Pick<ClientOptions, 'requestTimeout' | 'maxRetries'>,
  getCredentials: ReturnType<typeof defaultProvider> = defaultProvider(),
): Client {
  const region = regionOfDomain(node);
  const signer = region === undefined ? {} : AwsSigv4Signer({ region, service: 'es', getCredentials });
  return new Client({ ...signer, node, ...options });
}
