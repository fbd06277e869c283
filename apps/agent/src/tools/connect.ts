import { callerMark, mintCallToken } from '@vestibule/call-token';
import { type Config, foreignToolName, toolsOfNumber } from '@vestibule/config';
import { type Logger, systemClock } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { CallFacts } from '../call/caller.ts';
import type { Environment } from '../environment.ts';
import { McpTools, type ToolServer } from './mcp-client.ts';
import type { Connect } from './tool-line.ts';

const tokenSeconds = 4 * 3600;
const ownTimeoutMs = 8000;
/** The agent's own, whatever the model may call: staff must be told. */
const agentsOwn = 'create_case';

interface Deployment {
  env: Pick<Environment, 'VESTIBULE_MCP_URL' | 'VESTIBULE_MCP_SECRET'>;
  config: Pick<Config, 'numbers' | 'tools'>;
  /** Bearer tokens of other servers, by server. */
  tokens: Readonly<Record<string, string>>;
  logger: Logger;
}

/** Connects a call to the MCP servers, to ours under a token of its own. */
export function connectTools({ env, config, tokens, logger }: Deployment) {
  return (facts: CallFacts, log: CallLog): Connect => {
    const forModel = toolsOfNumber(config, facts.dialled);
    const others = config.tools.servers.filter(({ callers }) => callers === 'all' || facts.edge.verified);
    return () =>
      McpTools.connect({
        servers: [
          ourServer(env, config, facts, forModel),
          ...others.map(({ name, url, allow, timeoutMs }): ToolServer => ({
            ...{ name, url, allow, timeoutMs, token: tokens[name] },
            nameOf: (tool) => foreignToolName(name, tool),
          })),
        ],
        ...{ forModel, log, clock: systemClock, logger: logger.with({ callId: facts.callId }) },
      });
  };
}

function ourServer(
  env: Deployment['env'],
  { tools }: Deployment['config'],
  { callId, caller, edge }: CallFacts,
  forModel: readonly string[],
): ToolServer {
  const { VESTIBULE_MCP_URL: url, VESTIBULE_MCP_SECRET: secret } = env;
  const token = mintCallToken(
    {
      callId,
      verified: edge.verified,
      tools: tools.allow.filter((name) => name === agentsOwn || forModel.includes(name)),
      exp: Math.floor(systemClock.now() / 1000) + tokenSeconds,
      caller: caller === undefined ? undefined : callerMark(callId, caller, secret),
    },
    secret,
  );
  return { name: 'vestibule', url, token, timeoutMs: ownTimeoutMs, nameOf: (tool) => tool };
}
