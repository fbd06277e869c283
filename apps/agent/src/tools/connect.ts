import { mintCallToken } from '@vestibule/call-token';
import type { Config } from '@vestibule/config';
import { describeError, type Logger, systemClock } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { CallFacts } from '../call/caller.ts';
import type { Environment } from '../environment.ts';
import { McpTools } from './mcp-client.ts';

const tokenSeconds = 4 * 3600;

/** Connects a call to the MCP server under a token of its own; without the server the intake goes on without tools. */
export function connectTools(env: Environment, config: Config, logger: Logger) {
  return async (facts: CallFacts, log: CallLog): Promise<McpTools | undefined> => {
    const exp = Math.floor(systemClock.now() / 1000) + tokenSeconds;
    const claims = { callId: facts.callId, verified: facts.edge.verified, tools: config.tools.allow, exp };
    try {
      return await McpTools.connect(
        env.VESTIBULE_MCP_URL,
        mintCallToken(claims, env.VESTIBULE_MCP_SECRET),
        log,
        systemClock,
      );
    } catch (error) {
      logger.warn('MCP server out of reach', { callId: facts.callId, ...describeError(error) });
      await log.append('error', { part: 'mcp', code: 'unreachable' });
      return undefined;
    }
  };
}
