import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { type Tool, ToolSchema } from '@modelcontextprotocol/sdk/types.js';

/** A tool of a server, fit to be given to a model. */
export interface LinkedTool {
  /** As the server names it. */
  name: string;
  description: string;
  /** JSON Schema of an object. */
  inputSchema: Record<string, unknown>;
  /**
   * What a call does, by the server's own word: `reads`; `once`, an effect that the same key or the same arguments repeat without
   * doing it again; `acts`, one that would be done again.
   */
  effect: 'reads' | 'once' | 'acts';
  /** @returns what is wrong with the arguments; undefined when nothing is. */
  check: (args: Record<string, unknown>) => string | undefined;
}

export interface FaultyTool {
  name: string;
  why: string;
}

const validator = new AjvJsonSchemaValidator();
const largestSchemaBytes = 16 * 1024;
const longestDescription = 2000;
/** What Bedrock's toolConfig takes as the name of a tool, and the models on it as that of an argument. */
const argumentName = /^[A-Za-z0-9_.-]{1,64}$/;

/** A tool as a model can be given it, or why not. `raw`: an entry of a server's list, whatever it is. */
export function usableTool(raw: unknown): LinkedTool | FaultyTool {
  const parsed = ToolSchema.safeParse(raw);
  const given = (raw as { name?: unknown } | null)?.name;
  const name = typeof given === 'string' ? given.slice(0, 128) : '?';
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { name, why: `is no tool: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` };
  }
  const why = schemaFault(parsed.data.inputSchema);
  if (why !== undefined) return { name, why };
  const { inputSchema, description, title, annotations } = parsed.data;
  const words = (description ?? title ?? name).replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const validate = validator.getValidator(inputSchema);
  return {
    name,
    description: words.slice(0, longestDescription) || name,
    inputSchema,
    effect: effectOf(annotations),
    check: (args) => {
      const result = validate(args);
      return result.valid ? undefined : result.errorMessage;
    },
  };
}

function schemaFault(schema: Tool['inputSchema']): string | undefined {
  if (JSON.stringify(schema).length > largestSchemaBytes) return 'its schema is too large';
  for (const word of ['anyOf', 'oneOf', 'allOf'])
    if (word in schema) return `its schema has ${word} at the top, which models do not take`;
  const odd = Object.keys(schema.properties ?? {}).find((one) => !argumentName.test(one));
  if (odd !== undefined)
    return `its argument ${JSON.stringify(odd.slice(0, 80))} has a name that models do not take`;
  try {
    validator.getValidator(schema);
    return undefined;
  } catch {
    return 'its schema is not valid';
  }
}

/** What the protocol has for a tool that says nothing of itself: it acts. */
function effectOf({ readOnlyHint = false, idempotentHint = false }: Tool['annotations'] = {}) {
  if (readOnlyHint) return 'reads';
  return idempotentHint ? 'once' : 'acts';
}
