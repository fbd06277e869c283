import { z } from 'zod';
import { ServiceError } from '../server/service-error.ts';

const text = z.object({ text: z.string() });
const toolUse = z.object({
  toolUse: z.object({ toolUseId: z.string(), name: z.string(), input: z.unknown() }),
});
const toolResult = z.object({
  toolResult: z.object({
    toolUseId: z.string(),
    content: z.array(z.looseObject({ text: z.string().optional(), json: z.unknown().optional() })),
    status: z.string().optional(),
  }),
});
/** Images, documents, reasoning, cache points: taken, and of no interest to the rules behind. */
const other = z.looseObject({});
const contentBlock = z.union([text, toolUse, toolResult, other]);

const message = z.object({ role: z.string(), content: z.array(contentBlock) });

const toolSpec = z.object({
  toolSpec: z.object({
    name: z.string(),
    description: z.string().optional(),
    inputSchema: z.object({ json: z.looseObject({}).optional() }),
  }),
});

const converseSchema = z.object({
  messages: z.array(message).default([]),
  system: z.array(z.union([text, other])).default([]),
  inferenceConfig: z
    .object({
      maxTokens: z.number().optional(),
      temperature: z.number().optional(),
      topP: z.number().optional(),
      stopSequences: z.array(z.string()).optional(),
    })
    .optional(),
  toolConfig: z
    .object({
      tools: z.array(z.union([toolSpec, other])),
      toolChoice: z
        .object({
          auto: z.unknown().optional(),
          any: z.unknown().optional(),
          tool: z.object({ name: z.string() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

export type ConverseRequest = z.infer<typeof converseSchema>;
export type ContentBlock = z.infer<typeof contentBlock>;
export type Message = z.infer<typeof message>;

export type ToolSpec = z.infer<typeof toolSpec>['toolSpec'];
export type ToolUse = z.infer<typeof toolUse>['toolUse'];
export type ToolResult = z.infer<typeof toolResult>['toolResult'];

/** @throws ServiceError `SerializationException` for what is no Converse document. */
export function parseConverse(body: Buffer): ConverseRequest {
  let document: unknown;
  try {
    document = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceError('SerializationException', 400, 'The request body is not valid JSON.');
  }
  const parsed = converseSchema.safeParse(document);
  if (!parsed.success) throw new ServiceError('SerializationException', 400, z.prettifyError(parsed.error));
  return parsed.data;
}

export function textOf(block: ContentBlock): string | undefined {
  return 'text' in block && typeof block.text === 'string' ? block.text : undefined;
}

export function toolUseOf(block: ContentBlock): ToolUse | undefined {
  return 'toolUse' in block ? (block.toolUse as ToolUse) : undefined;
}

export function toolResultOf(block: ContentBlock): ToolResult | undefined {
  return 'toolResult' in block ? (block.toolResult as ToolResult) : undefined;
}

export function toolsOf(request: ConverseRequest): ToolSpec[] {
  const tools = request.toolConfig?.tools ?? [];
  return tools.flatMap((tool) => ('toolSpec' in tool ? [tool.toolSpec as ToolSpec] : []));
}
