import { parseJson } from '@vestibule/core';
import { llm } from '@livekit/agents';
import { z } from 'zod';

/** No turn of a telephone call needs more tools than that at once, nor longer arguments, characters. */
const mostCalls = 12;
const longestArguments = 4000;
/** Words and arguments of one answer, characters: a dozen times what is ever said of it. */
const longestAnswer = 20_000;

/** Whether an answer is beyond all measure: it is not even waited for, nor kept. */
export function isBoundless(calls: readonly llm.FunctionCall[], text: string): boolean {
  const length = calls.reduce((sum, { name, args }) => sum + name.length + args.length, text.length);
  return calls.length > mostCalls || length > longestAnswer;
}

/** Whether tools are called that there are not, or with arguments that do not fit them. The MCP server's tools check their own. */
export function isNonsense(calls: readonly llm.FunctionCall[], { functionTools }: llm.ToolContext): boolean {
  return calls.some(({ name, args }) => {
    const tool = functionTools[name];
    if (!tool || !isReadable(args)) return true;
    return tool.parameters instanceof z.ZodType && !tool.parameters.safeParse(argumentsIn(args)).success;
  });
}

/**
 * A call as it goes to the framework, which mends arguments that are no JSON and does what it takes them to mean. On record they are as the model wrote
 * them, and what nobody can read there must not be done: it is made unreadable to the framework too, which tells the model.
 */
export function readable(call: llm.FunctionCall): llm.FunctionCall {
  return isReadable(call.args) ? call : llm.FunctionCall.create({ ...call, args: '"unreadable"' });
}

/** JSON.stringify escapes half a surrogate pair, which the record does not take, and nothing else of that form. */
const halfPair = /\\ud[89a-f]/;

function isReadable(args: string): boolean {
  const given = argumentsIn(args);
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  return isObject && args.length <= longestArguments && !halfPair.test(JSON.stringify(given));
}

const argumentsIn = (args: string) => parseJson(args === '' ? '{}' : args);
