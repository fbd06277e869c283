import type { Config } from '@vestibule/config';

/** The `tools` of a vestibule.yaml that says no more than this of them. */
export const toolsConfig = (tools: Partial<Config['tools']>): Config['tools'] => ({
  backend: 'florizel',
  openapi: '/openapi.yaml',
  allow: [],
  questionnaires: {},
  timeouts: {},
  servers: [],
  ...tools,
});
