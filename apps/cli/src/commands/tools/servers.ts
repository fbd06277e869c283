import { callerMark, mintCallToken } from '@vestibule/call-token';
import { type Config, foreignToolName } from '@vestibule/config';
import { newId } from '@vestibule/core';
import { type LinkedServer, type LinkedTool, McpLink } from '@vestibule/mcp-client';
import { systemEnvironment } from '../../environment.ts';
import { CliError } from '../../errors.ts';

/** A server of the deployment, reached or not. */
export interface Reached {
  server: LinkedServer;
  /** undefined when it could not be reached. */
  link: McpLink | undefined;
  /** How the model knows one of its tools. */
  nameOf: (tool: string) => string;
}

export interface ReachedTool {
  name: string;
  tool: LinkedTool;
  link: McpLink;
}

/** Seconds that the token of one command lives. */
const tokenLife = 60;

/** For whom a command calls: the number of a verified caller, E.164; undefined for an unverified one. */
export type Caller = string | undefined;

/** Every MCP server of the deployment, ours first. @throws CliError `unreachable` when it is not known where ours is. */
export async function reachServers({ tools }: Pick<Config, 'tools'>, caller: Caller): Promise<Reached[]> {
  const servers: Omit<Reached, 'link'>[] = [
    { server: await ourServer(tools.allow, caller), nameOf: (tool) => tool },
    ...tools.servers.map(({ name, url, allow, timeoutMs, tokenFrom }) => ({
      server: { name, url, allow, timeoutMs, token: tokenFrom && process.env[tokenFrom] },
      nameOf: (tool: string) => foreignToolName(name, tool),
    })),
  ];
  return Promise.all(
    servers.map(async (one) => ({ ...one, link: await McpLink.open(one.server).catch(() => undefined) })),
  );
}

export const toolsOf = (reached: readonly Reached[]): ReachedTool[] =>
  reached.flatMap(({ link, nameOf }) =>
    link ? link.tools.map((tool) => ({ name: nameOf(tool.name), tool, link })) : [],
  );

export const closeAll = (reached: readonly Reached[]) =>
  Promise.allSettled(reached.flatMap(({ link }) => link?.close() ?? []));

export const notReached = ({ server: { name, url } }: Reached) =>
  `${name} at ${url} does not answer as an MCP server`;

async function ourServer(allow: readonly string[], caller: Caller): Promise<LinkedServer> {
  const { VESTIBULE_MCP_URL: url, VESTIBULE_MCP_SECRET: secret } = await systemEnvironment();
  if (url === undefined || secret === undefined)
    throw new CliError(
      'unreachable',
      'Set VESTIBULE_MCP_URL and VESTIBULE_MCP_SECRET, or set up the local stack',
    );
  const callId = newId('cli');
  const claims = {
    callId,
    verified: caller !== undefined,
    tools: allow,
    exp: Math.floor(Date.now() / 1000) + tokenLife,
    caller: caller === undefined ? undefined : callerMark(callId, caller, secret),
  };
  return { name: 'vestibule', url, token: mintCallToken(claims, secret), allow, timeoutMs: 15_000 };
}
