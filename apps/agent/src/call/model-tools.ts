import { llm } from '@livekit/agents';
import type { McpTools } from '../tools/mcp-client.ts';

/** The MCP server's tools for the model. Each result goes with the question that still stands, so that none is lost. */
export function modelTools(remote: McpTools | undefined, question: () => string): llm.ToolContextEntry[] {
  return (remote?.tools ?? []).map(({ name, description, inputSchema }) =>
    llm.tool({
      name,
      description,
      parameters: inputSchema as never,
      execute: async (args: Record<string, unknown>) => {
        const { text } = (await remote?.call(name, args)) ?? { text: '' };
        return `${text}\nThen put the current question again: ${question()}`;
      },
    }),
  );
}
