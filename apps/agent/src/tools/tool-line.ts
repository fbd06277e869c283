import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { McpTools } from './mcp-client.ts';

/** Connects one call to the MCP server. @throws when it cannot be reached. */
export type Connect = () => Promise<McpTools>;

/** A failed connection is not tried again for so long, ms. */
const restMs = 3000;

/** A call's connection to the MCP server: made beside the call, never waited for by it, made anew when it is needed and not there. */
export class ToolLine {
  readonly #connect: Connect;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #connected: McpTools | undefined;
  #connecting: Promise<McpTools | undefined> | undefined;
  #restUntil = -Infinity;
  #isClosed = false;

  constructor(connect: Connect, clock: Clock, logger: Logger) {
    this.#connect = connect;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** The tools; undefined while the server is out of reach. */
  async tools(): Promise<McpTools | undefined> {
    if (this.#connected || this.#isClosed) return this.#connected;
    if (!this.#connecting && this.#clock.monotonic() < this.#restUntil) return undefined;
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connecting;
    await this.#connected?.close().catch(() => {});
  }

  async #open(): Promise<McpTools | undefined> {
    try {
      this.#connected = await this.#connect();
    } catch (error) {
      this.#restUntil = this.#clock.monotonic() + restMs;
      this.#logger.warn('MCP server out of reach', describeError(error));
    }
    return this.#connected;
  }
}
