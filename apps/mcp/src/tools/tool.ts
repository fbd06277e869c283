import type { Tool as ToolDefinition } from '@modelcontextprotocol/sdk/types.js';
import type { CallClaims } from '@vestibule/call-token';
import type { IsOwn } from '../openapi/owner.ts';

/** One call of a tool, as the tool sees it. */
export interface ToolContext {
  callId: string;
  /** Names the effect: the same key is the same effect. Scoped to the call. */
  idempotencyKey: string;
  /** Whether what a record says of whose it is names this call or its caller; of an unverified caller's only the call counts. */
  isOwn: IsOwn;
  /** Aborts when the time for the tool is up. */
  signal: AbortSignal;
}

/** What a tool gives back: an object, fit for `structuredContent`. */
export type ToolAnswer = Record<string, unknown>;

export interface Tool {
  definition: ToolDefinition;
  /** True when the answer tells what is held about a person: only a verified caller's token gets it. */
  verifiedOnly: boolean;
  /** Longest time for one call of it, ms. */
  timeoutMs: number;
  /** `args` fit the definition's inputSchema. @throws ToolFailure */
  call(args: Record<string, unknown>, context: ToolContext): Promise<ToolAnswer>;
}

/** Where tools come from. What it lists may grow: a backend that is down at the start is asked again. */
export interface ToolSource {
  tools(): readonly Tool[];
  /** Names that this source will have, though it cannot describe them yet. */
  awaited(): readonly string[];
}

export type { CallClaims };
