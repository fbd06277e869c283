import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type Clock, describeError, newId } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';

export interface RemoteTool {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
}

export interface ToolResult {
  failed: boolean;
  /** What the tool said, usually JSON. */
  text: string;
}

const timeoutMs = 8000;

/** The MCP server as one call sees it. Each use of a tool is on the log before it happens, and its result after. */
export class McpTools {
  readonly tools: readonly RemoteTool[];
  readonly #client: Client;
  readonly #log: CallLog;
  readonly #clock: Clock;

  private constructor(client: Client, tools: readonly RemoteTool[], log: CallLog, clock: Clock) {
    this.#client = client;
    this.tools = tools;
    this.#log = log;
    this.#clock = clock;
  }

  /** @throws when the server cannot be reached; the call goes on without remote tools then. */
  static async connect(url: string, token: string, log: CallLog, clock: Clock): Promise<McpTools> {
    const client = new Client({ name: 'vestibule-agent', version: '0.1.0' });
    const headers = { Authorization: `Bearer ${token}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }), {
      timeout: timeoutMs,
    });
    const { tools } = await client.listTools(undefined, { timeout: timeoutMs });
    const remote = tools.map(({ name, description = '', inputSchema }) => ({
      name,
      description,
      inputSchema,
    }));
    return new McpTools(client, remote, log, clock);
  }

  has(name: string): boolean {
    return this.tools.some((tool) => tool.name === name);
  }

  /**
   * Calls a tool and gives its text. A failure is an answer too (the model tells the caller), so this throws only
   * when the log does. `key` makes an effect happen once; by default each use has its own.
   */
  async call(
    name: string,
    args: Record<string, unknown>,
    key = `${this.#log.callId}:${name}:${this.#log.entries.length}`,
  ): Promise<ToolResult> {
    const id = newId('tool');
    const began = this.#clock.monotonic();
    await this.#log.append('tool-call', { id, name, piiArguments: args, key });
    const result = await this.#request(name, args, key);
    const durationMs = Math.round(this.#clock.monotonic() - began);
    await this.#log.append('tool-result', {
      id,
      name,
      key,
      piiResult: result.text,
      failed: result.failed,
      durationMs,
    });
    return result;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #request(name: string, args: Record<string, unknown>, idempotencyKey: string): Promise<ToolResult> {
    try {
      const request = { name, arguments: args, _meta: { 'vestibule/idempotencyKey': idempotencyKey } };
      const result = (await this.#client.callTool(request, undefined, { timeout: timeoutMs })) as {
        content?: { text?: string }[];
        isError?: boolean;
      };
      return {
        failed: result.isError === true,
        text: (result.content ?? []).map((part) => part.text ?? '').join('\n'),
      };
    } catch (error) {
      const { code = 'unreachable' } = describeError(error);
      return {
        failed: true,
        text: JSON.stringify({ failed: true, code, say_next: 'I cannot look that up at the moment.' }),
      };
    }
  }
}
