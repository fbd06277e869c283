import { fileURLToPath } from 'node:url';
import { callerMark, mintCallToken } from '@vestibule/call-token';
import { jsonLogger } from '@vestibule/core';
import { startFlorizel } from '@vestibule/local-florizel';
import { startMcp } from '@vestibule/mcp';
import { toolsConfig } from '../../apps/mcp/src/testing/config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const logger = jsonLogger('services-test', { write: () => undefined });
const backendToken = 'the token of the tests';
export const secret = 'the secret of the tests, long enough for HS256';
/** Maria Alvarez, p-1001. */
export const callerNumber = '+15550100123';

export interface Scope {
  verified?: boolean;
  exp?: number;
  tools?: readonly string[];
}

/** The MCP server over the backend's stand-in, and over an OpenSearch where one is given. */
export async function openMcpOffice(allow: readonly string[], openSearchUrl = 'http://127.0.0.1:9') {
  const florizel = await startFlorizel(
    { host: '127.0.0.1', port: 0, token: backendToken, data: undefined },
    logger,
  );
  const config = `${root}vestibule.yaml`;
  const mcp = await startMcp(
    { config, host: '127.0.0.1', port: 0, secret, backendUrl: florizel.url, backendToken, openSearchUrl },
    { tools: toolsConfig({ allow: [...allow] }), questionnaires: 'examples/questionnaires' },
    logger,
  );
  while ((await fetch(mcp.url.replace('/mcp', '/healthz'))).status !== 200);
  return {
    url: mcp.url,
    backend: { url: florizel.url, token: backendToken },
    token: ({ verified = true, exp = 4e9, tools = allow }: Scope = {}) =>
      mintCallToken(
        { callId: 'call_s', verified, tools, exp, caller: callerMark('call_s', callerNumber, secret) },
        secret,
      ),
    stop: async () => {
      await mcp.stop();
      await florizel.stop();
    },
  };
}
