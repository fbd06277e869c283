export { openSearchClient, regionOfDomain } from './client.ts';
