import { llm } from '@livekit/agents';
import type { McpTools } from '../tools/mcp-client.ts';

/**
 * The MCP server's tools for the model. Each result goes with the question that still stands, so that none is lost. An
 * object, since the framework writes it as JSON: a text would reach the model as JSON within JSON.
 */
export function modelTools(remote: McpTools | undefined, question: () => string): llm.ToolContextEntry[] {
  return (remote?.tools ?? []).map(({ name, description, inputSchema }) =>
    llm.tool({
      name,
      description,
      parameters: inputSchema as never,
      execute: async (args: Record<string, unknown>) => {
        const { text } = (await remote?.call(name, args)) ?? { text: '' };
        return { ...objectIn(text), then_ask: question() };
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
