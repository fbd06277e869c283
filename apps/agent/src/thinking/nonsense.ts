import { parseJson } from '@vestibule/core';
import type { llm } from '@livekit/agents';
import { z } from 'zod';

/** No turn of a telephone call needs more tools than that at once, nor longer arguments, characters. */
export const mostCalls = 12;
const longestArguments = 4000;

/** Whether tools are called that there are not, or with arguments that do not fit them. The MCP server's tools check their own. */
export function isNonsense(calls: readonly llm.FunctionCall[], { functionTools }: llm.ToolContext): boolean {
  if (calls.length > mostCalls) return true;
  return calls.some(({ name, args }) => {
    const tool = functionTools[name];
    if (!tool || args.length > longestArguments) return true;
    const given = parseJson(args === '' ? '{}' : args);
    if (typeof given !== 'object' || given === null) return true;
    return tool.parameters instanceof z.ZodType && !tool.parameters.safeParse(given).success;
  });
}
