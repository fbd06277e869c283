import { llm } from '@livekit/agents';
import type { Clock } from '@vestibule/core';
import { takesLonger } from '../speech/holding.ts';
import type { McpTools } from '../tools/mcp-client.ts';

export interface ModelToolsOptions {
  /** The question that stands. */
  question: () => string;
  /** What a tool gave; gives what the model may see of it. */
  onFound: (tool: string, text: string) => string;
  /** A tool takes longer than the caller may be left without a word: `slowAfterMs` from its call. */
  onSlow: () => void;
  slowAfterMs: () => number;
  clock: Clock;
}

/**
 * The MCP servers' tools for the model. Each result goes with the question that still stands, so that none is lost. An
 * object, since the framework writes it as JSON: a text would reach the model as JSON within JSON.
 */
export function modelTools(
  remote: McpTools,
  { question, onFound, onSlow, slowAfterMs, clock }: ModelToolsOptions,
): llm.ToolContextEntry[] {
  return remote.tools.map(({ name, description, inputSchema }) =>
    llm.tool({
      name,
      description,
      parameters: inputSchema as never,
      execute: async (args: Record<string, unknown>) => {
        const called = remote.call(name, args);
        void takesLonger(called, slowAfterMs(), clock).then((isSlow) => isSlow && onSlow());
        const { text } = await called;
        return { ...objectIn(onFound(name, text)), then_ask: question() };
      },
    }),
  );
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : { result: value };
  } catch {
    return { result: text };
  }
}
