import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, type ContentBlock, ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { describeError } from '@vestibule/core';
import { boundedFetch } from './bounded-fetch.ts';
import { type FaultyTool, type LinkedTool, usableTool } from './usable.ts';

export interface LinkedServer {
  name: string;
  url: string;
  token?: string | undefined;
  /** Tools that may be called, as the server names them; all of them when absent. */
  allow?: readonly string[];
  /** Longest time for one request, ms. */
  timeoutMs: number;
}

export interface ToolResult {
  failed: boolean;
  /** Whether the same call may succeed later. */
  retryable: boolean;
  /** What the tool said, usually JSON; never longer than about 16,000 characters. */
  text: string;
}

const longestText = 16_000;
const mostTools = 128;
const mostPages = 10;

/** One MCP server over Streamable HTTP, trusted with nothing: its answers are bounded, and of its tools only sound ones are taken. */
export class McpLink {
  readonly server: LinkedServer;
  readonly tools: readonly LinkedTool[];
  /** Tools that are allowed and cannot be given to a model, and allowed names that the server has not. */
  readonly faults: readonly FaultyTool[];
  readonly #client: Client;
  readonly #transport: StreamableHTTPClientTransport;

  private constructor(
    server: LinkedServer,
    client: Client,
    transport: StreamableHTTPClientTransport,
    listed: readonly unknown[],
  ) {
    this.server = server;
    this.#client = client;
    this.#transport = transport;
    const nameOf = (raw: unknown) => (raw as { name?: unknown } | null)?.name;
    const { allow } = server;
    const allowed = listed.filter((raw) => allow === undefined || allow.includes(nameOf(raw) as string));
    const found = allowed.map(usableTool);
    const tools = found.filter((one) => 'inputSchema' in one);
    this.tools = tools.filter(({ name }, index) => tools.findIndex((one) => one.name === name) === index);
    this.faults = [
      ...found.filter((one) => 'why' in one),
      ...(allow ?? [])
        .filter((name) => !listed.some((raw) => nameOf(raw) === name))
        .map((name) => ({ name, why: 'the server has no such tool' })),
    ];
  }

  /** @throws when the server cannot be reached, or does not speak the protocol. */
  static async open(server: LinkedServer): Promise<McpLink> {
    const { url, token, timeoutMs } = server;
    const client = new Client({ name: 'vestibule', version: '0.1.0' });
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      fetch: boundedFetch(timeoutMs),
      ...(token !== undefined && { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
    });
    try {
      await client.connect(transport, { timeout: timeoutMs });
      return new McpLink(server, client, transport, await listed(client, timeoutMs));
    } catch (error) {
      await client.close().catch(() => {});
      throw error;
    }
  }

  /** Never throws: a failure is an answer too. `key` makes an effect happen once, where the server knows our `_meta`. */
  async call(name: string, args: Record<string, unknown>, key: string): Promise<ToolResult> {
    const tool = this.tools.find((one) => one.name === name);
    const wrong = tool ? tool.check(args) : 'there is no such tool';
    if (wrong !== undefined)
      return { failed: true, retryable: false, text: failure('invalid-arguments', wrong.slice(0, 500)) };
    const { timeoutMs } = this.server;
    const params = { name, arguments: args, _meta: { 'vestibule/idempotencyKey': key } };
    try {
      const result = await this.#client.request({ method: 'tools/call', params }, CallToolResultSchema, {
        timeout: timeoutMs,
        maxTotalTimeout: timeoutMs,
      });
      const { isError: failed = false, content, structuredContent, _meta } = result;
      const said = content.map(textOf).join('\n') || JSON.stringify(structuredContent ?? {});
      const { retryable } = (_meta?.['vestibule/failure'] ?? {}) as { retryable?: unknown };
      return { failed, retryable: failed && retryable === true, text: cut(said) };
    } catch (error) {
      const { code = 'unreachable' } = describeError(error);
      return { failed: true, retryable: true, text: failure(String(code)) };
    }
  }

  async close(): Promise<void> {
    await this.#transport.terminateSession().catch(() => {});
    await this.#client.close();
  }
}

/** Not the SDK's own list: that refuses all of a server's tools for one that is malformed. */
async function listed(client: Client, timeout: number): Promise<unknown[]> {
  const tools: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages && tools.length < mostTools; page++) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await client.request({ method: 'tools/list', params }, ResultSchema, { timeout });
    if (Array.isArray(answer['tools'])) tools.push(...(answer['tools'] as unknown[]));
    cursor = typeof answer['nextCursor'] === 'string' ? answer['nextCursor'] : undefined;
    if (cursor === undefined) break;
  }
  return tools.slice(0, mostTools);
}

function textOf(part: ContentBlock): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'resource' && 'text' in part.resource) return part.resource.text;
  return `[${part.type}]`;
}

const cut = (text: string) => (text.length <= longestText ? text : `${text.slice(0, longestText)}… [cut]`);

const failure = (error: string, message?: string) =>
  JSON.stringify({ error, ...(message !== undefined && { message }), retryable: message === undefined });
