import type { Reply, ReplyBlock } from '../bedrock/reply.ts';
import type { Answer } from './answers.ts';
import { questionAbout } from './asking.ts';
import {
  fieldsOfTool,
  isKeeper,
  isReader,
  needs,
  subjectOf,
  valueInRequest,
  valueOfField,
  type Field,
} from './fields.ts';
import { intentOf } from './intent.ts';
import { acknowledged } from './phrases.ts';
import type { Scene } from './scene.ts';
import type { Tool } from './shapes.ts';
import { contentWords, shared } from './text.ts';

/** Calls of tools that take values of their own, once all that they need has been said. */

type Input = Record<string, unknown>;

/** The tools that these answers are for, as far as the conversation gives all that each needs. */
export function fieldCalls(scene: Scene, answers: readonly Answer[]): ReplyBlock[] {
  const given = new Map(answers.map(({ item, words }) => [item, words]));
  const tools = new Set(scene.fields.filter(({ item }) => given.has(item.id)).map(({ tool }) => tool));
  return [...tools].flatMap((tool) => {
    const { input, missing } = inputFor(tool, (field) => {
      const id = field.item.id;
      const words = given.get(id) ?? (field.property.required ? scene.known.get(id) : undefined);
      return words === undefined ? undefined : valueOfField(field, words);
    });
    return missing ? [] : [call(tool, input)];
  });
}

/** The next question of the tool that an answer was for, when that needs more answers. */
export function askFurther(scene: Scene, answers: readonly Answer[]): Reply | undefined {
  const field = scene.fields.find(({ item }) => answers.some((answer) => answer.item === item.id));
  const missing = field && firstMissing(scene, field.tool);
  return missing && [question(scene, missing)];
}

/** What the caller asks a tool for: its call, or the question for what it still needs. */
export function requestReply(scene: Scene, words: string): Reply | undefined {
  const tool = fittingTool(scene.toolbox.all, words);
  if (!tool) return undefined;
  const { input, missing } = requestInput(scene, tool, words);
  if (!missing) return [call(tool, input)];
  const open = firstMissing(scene, tool) ?? missing;
  return [question(scene, open)];
}

/** The call of a tool that looks something up, when the words name its subject and hold all that it needs. */
export function lookupCalls(scene: Scene, words: string): ReplyBlock[] {
  const readers = scene.toolbox.all.filter(
    (tool) => tool.role === 'other' && isReader(tool) && needs(tool) > 0 && names(tool, words) > 0,
  );
  const tool = fittingTool(readers, words);
  if (!tool) return [];
  const { input, missing } = requestInput(scene, tool, words);
  return missing ? [] : [call(tool, input)];
}

/** The tool that the words have most to do with; a question is for one that tells something. */
function fittingTool(tools: readonly Tool[], words: string): Tool | undefined {
  const wanted = contentWords(words);
  const asks = intentOf(words) === 'question';
  const scored = tools
    .filter((tool) => ['other', 'record', 'person', 'case'].includes(tool.role) && !(asks && isKeeper(tool)))
    .map((tool) => ({
      tool,
      score: 2 * names(tool, words) + shared(wanted, contentWords(tool.description)),
    }));
  return scored.reduce<{ tool?: Tool; score: number }>((top, one) => (one.score > top.score ? one : top), {
    score: 0,
  }).tool;
}

function names(tool: Tool, words: string): number {
  return shared(contentWords(words), contentWords(subjectOf(tool)));
}

function requestInput(scene: Scene, tool: Tool, words: string): { input: Input; missing?: Field } {
  return inputFor(tool, (field) => {
    const known = scene.known.get(field.item.id);
    const value =
      valueInRequest(field, words) ?? (known === undefined ? undefined : valueOfField(field, known));
    if (value !== undefined || field.property.type !== 'boolean') return value;
    return field.property.required ? !/\b(?:off|disable|don't|do not|without)\b/i.test(words) : undefined;
  });
}

function inputFor(tool: Tool, valueOf: (field: Field) => unknown): { input: Input; missing?: Field } {
  const input: Input = {};
  let missing: Field | undefined;
  for (const field of fieldsOfTool(tool)) {
    const { name, required, fallback } = field.property;
    const value = required ? (valueOf(field) ?? fallback) : optional(field, valueOf);
    if (value !== undefined) input[name] = value;
    else if (required) missing ??= field;
  }
  return missing ? { input, missing } : { input };
}

/** An argument that may be left out is given only by words that are surely for it. */
function optional(field: Field, valueOf: (field: Field) => unknown): unknown {
  const { item, tool, property } = field;
  const sure = property.enum.length > 0 || item.kind !== 'text' || tool.properties.length === 1;
  return sure ? valueOf(field) : undefined;
}

function firstMissing({ known }: Scene, tool: Tool): Field | undefined {
  return fieldsOfTool(tool).find(
    ({ item, property }) => property.required && property.fallback === undefined && !known.has(item.id),
  );
}

function question({ dialogue }: Scene, { item }: Field): Reply[number] {
  return { kind: 'text', text: acknowledged(questionAbout(item.id, item.text), dialogue.turn) };
}

function call(tool: Tool, input: Input): ReplyBlock {
  return { kind: 'toolUse', name: tool.name, input };
}
