import { mintCallToken } from '@vestibule/call-token';
import type { Config } from '@vestibule/config';
import { systemClock } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { CallFacts } from '../call/caller.ts';
import type { Environment } from '../environment.ts';
import { McpTools } from './mcp-client.ts';
import type { Connect } from './tool-line.ts';

const tokenSeconds = 4 * 3600;

/** Connects a call to the MCP server under a token of its own. */
export function connectTools(env: Environment, config: Config) {
  return (facts: CallFacts, log: CallLog): Connect =>
    () => {
      const exp = Math.floor(systemClock.now() / 1000) + tokenSeconds;
      const claims = { callId: facts.callId, verified: facts.edge.verified, tools: config.tools.allow, exp };
      const token = mintCallToken(claims, env.VESTIBULE_MCP_SECRET);
      return McpTools.connect(env.VESTIBULE_MCP_URL, token, log, systemClock);
    };
}
