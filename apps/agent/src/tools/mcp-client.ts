import { canonicalJson, type Clock, describeError, type Logger, newId } from '@vestibule/core';
import { type LinkedServer, type LinkedTool, McpLink } from '@vestibule/mcp-client';
import type { CallLog } from '@vestibule/record';
import { unfinished } from './unfinished.ts';

/** A tool as the model knows it. */
export type RemoteTool = Pick<LinkedTool, 'description' | 'inputSchema' | 'effect'> & { name: string };

export interface RemoteResult {
  failed: boolean;
  /** What the tool said, usually JSON. */
  text: string;
}

/** An MCP server, and how the model knows its tools. */
export interface ToolServer extends LinkedServer {
  nameOf: (tool: string) => string;
}

export interface McpOptions {
  /** Ours first: without it there are no tools at all, while another that is out of reach is only missing. */
  servers: readonly [ToolServer, ...ToolServer[]];
  /** Tools that the model may call; what else there is is the agent's own. */
  forModel: readonly string[];
  log: CallLog;
  clock: Clock;
  logger: Logger;
}

interface Known {
  tool: LinkedTool;
  link: McpLink;
}

/** The MCP servers as one call sees them. Each use of a tool is on the log before it happens, and its result after. */
export class McpTools {
  /** The model's. */
  readonly tools: readonly RemoteTool[];
  readonly #known: ReadonlyMap<string, Known>;
  readonly #links: readonly McpLink[];
  readonly #log: CallLog;
  readonly #clock: Clock;

  private constructor(links: readonly McpLink[], { servers, forModel, log, clock, logger }: McpOptions) {
    this.#links = links;
    this.#log = log;
    this.#clock = clock;
    const known = new Map<string, Known>();
    for (const link of links) {
      const { name: server, nameOf } = servers.find((one) => one === link.server) as ToolServer;
      for (const { name: tool, why } of link.faults) logger.warn('tool left out', { server, tool, why });
      for (const tool of link.tools) {
        const name = nameOf(tool.name);
        if (!known.has(name) && /^[A-Za-z0-9_-]{1,64}$/.test(name)) known.set(name, { tool, link });
        else logger.warn('tool left out', { server, tool: tool.name, why: 'its name is taken or too long' });
      }
    }
    this.#known = known;
    this.tools = [...known]
      .filter(([name]) => forModel.includes(name))
      .map(([name, { tool }]) => ({
        name,
        description: tool.description,
        inputSchema: tool.inputSchema,
        effect: tool.effect,
      }));
  }

  /** @throws when our server cannot be reached; the call goes on without remote tools then. */
  static async connect(options: McpOptions): Promise<McpTools> {
    const { servers, logger } = options;
    const [ours, ...others] = await Promise.allSettled(servers.map((server) => McpLink.open(server)));
    for (const [index, other] of others.entries())
      if (other.status === 'rejected')
        logger.warn('MCP server out of reach', {
          server: servers[index + 1]?.name,
          ...describeError(other.reason),
        });
    const links = [ours, ...others].flatMap((one) => (one?.status === 'fulfilled' ? [one.value] : []));
    if (ours?.status === 'fulfilled') return new McpTools(links, options);
    await Promise.allSettled(links.map((link) => link.close()));
    throw ours?.reason;
  }

  has(name: string): boolean {
    return this.#known.has(name);
  }

  /**
   * Calls a tool and gives its text. A failure is an answer too (the model tells the caller), so this throws only
   * when the log does. `key` makes an effect happen once, and who gives one sees to it that it does. By default each use has its own,
   * except that the same words again after a failure are the same use; what stays undone is on the log as owed.
   */
  async call(name: string, args: Record<string, unknown>, key?: string): Promise<RemoteResult> {
    const known = this.#known.get(name);
    const effect = known?.tool.effect ?? 'acts';
    const owed = key === undefined && effect !== 'reads';
    return this.#logged(name, args, key ?? this.#keyOf(name, args), owed ? { effect } : {});
  }

  /** Tries again what the log has as owed. @returns whether it is done */
  async finish({ name, args, key }: { name: string; args: unknown; key: string }): Promise<boolean> {
    const { failed } = await this.#logged(name, args as Record<string, unknown>, key, { effect: 'once' });
    return !failed;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#links.map((link) => link.close()));
  }

  #keyOf(name: string, args: Record<string, unknown>): string {
    const same = canonicalJson(args);
    const tried = unfinished(this.#log.entries).find(
      (one) => one.name === name && canonicalJson(one.args) === same,
    );
    return tried?.key ?? `${this.#log.callId}:${name}:${this.#log.entries.length}`;
  }

  async #logged(
    name: string,
    args: Record<string, unknown>,
    key: string,
    owed: { effect?: 'once' | 'acts' },
  ): Promise<RemoteResult> {
    const id = newId('tool');
    const began = this.#clock.monotonic();
    await this.#log.append('tool-call', { id, name, piiArguments: args, key, ...owed });
    const { failed, retryable, text: answer } = await this.#request(name, args, key);
    const text = failed && retryable ? withWords(answer, owed.effect) : answer;
    const durationMs = Math.round(this.#clock.monotonic() - began);
    const again = failed ? { retryable } : {};
    await this.#log.append('tool-result', { id, name, key, piiResult: text, failed, ...again, durationMs });
    return { failed, text };
  }

  async #request(name: string, args: Record<string, unknown>, key: string) {
    const known = this.#known.get(name);
    if (known) return known.link.call(known.tool.name, args, key);
    return { failed: true, retryable: false, text: JSON.stringify({ error: 'no-such-tool' }) };
  }
}

/** What the caller is told of a system that is down: no more than what will be done. */
function withWords(text: string, effect: 'once' | 'acts' | undefined): string {
  const words = {
    once: 'Our system is not answering just now. I will try again after this call.',
    acts: 'Our system is not answering just now, so I could not do that.',
    reads: 'I cannot look that up at the moment.',
  };
  return JSON.stringify({ result: text, failed: true, say_next: words[effect ?? 'reads'] });
}
