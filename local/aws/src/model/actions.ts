import type { ReplyBlock } from '../bedrock/reply.ts';
import type { Answer } from './answers.ts';
import { fieldCalls } from './field-calls.ts';
import { fieldsOfTool, valueInRequest, valueOfField } from './fields.ts';
import { kindOf } from './items.ts';
import type { Property } from './schema.ts';
import type { Scene } from './scene.ts';
import { answersOf, isQuery, valueOf, verdictOf, whichOf } from './arguments.ts';
import type { Tool } from './shapes.ts';
import { choose, chooseMeaning, valueFor } from './values.ts';

/** Tool calls, built from what the schemas ask for. Each gives nothing when the schema cannot be met. */

type Calls = ReplyBlock[];
type Input = Record<string, unknown>;

export function recordCalls(scene: Scene, answers: readonly Answer[]): Calls {
  if (scene.fields.length > 0) return fieldCalls(scene, answers);
  const tool = scene.toolbox.get('record');
  if (!tool) return [];
  const list = answersOf(tool.properties);
  if (list) {
    const entries = answers.flatMap((answer) => recordInput(list.properties, answer) ?? []);
    return entries.length === 0 ? [] : [call(tool, complete(tool.properties, { [list.name]: entries }, ''))];
  }
  return answers.flatMap((answer) => {
    const input = recordInput(tool.properties, answer);
    return input ? [call(tool, complete(tool.properties, input, answer.words))] : [];
  });
}

function recordInput(properties: readonly Property[], { item, words }: Answer): Input | undefined {
  const which = whichOf(properties);
  const value = valueOf(properties);
  if (!value) return undefined;
  const given = valueFor(value, words);
  if (given === undefined || (which && item === '')) return undefined;
  return { ...(which ? { [which.name]: item } : {}), [value.name]: given };
}

/** Undefined when no tool takes a verdict. */
export function confirmCalls(scene: Scene, yes: boolean, correction: string): Calls | undefined {
  const tool = scene.toolbox.get('confirm');
  const verdict = tool && verdictOf(tool.properties);
  if (!tool || !verdict) return undefined;
  const value =
    verdict.type === 'boolean'
      ? yes
      : chooseMeaning(verdict.enum, yes ? /yes|correct|right|confirm|agree/i : /no|wrong|incorrect|reject/i);
  const which = whichOf(tool.properties.filter((property) => property !== verdict));
  const texts = tool.properties.filter(
    ({ name, type }) => type === 'string' && name !== verdict.name && name !== which?.name,
  );
  const free =
    texts.find(({ name }) => /correct|new|value|answer|instead|change/i.test(name)) ??
    texts.find(({ name, enum: values }) => values.length === 0 && !/note|reason|comment|id$/i.test(name));
  if (correction !== '' && !free) return undefined;
  const input: Input = {
    [verdict.name]: value,
    ...(free && correction !== '' ? { [free.name]: correction } : {}),
    ...(which && scene.pending ? { [which.name]: scene.pending.id } : {}),
  };
  return [call(tool, complete(tool.properties, input, scene.dialogue.words))];
}

export function declineCalls(scene: Scene, unknown: boolean): Calls {
  const tool = scene.toolbox.get('decline');
  if (!tool) return [];
  const which = whichOf(tool.properties);
  if (which?.required && !scene.pending) return [];
  const meaning = unknown
    ? /unknown|unsure|not.?sure|not.?know|don.?t|forgot/i
    : /declin|refus|prefer|rather|private|unwilling/i;
  const reason = tool.properties.find(({ name, enum: values }) => name !== which?.name && values.length > 0);
  const input: Input = {
    ...(which && scene.pending ? { [which.name]: scene.pending.id } : {}),
    ...(reason ? { [reason.name]: chooseMeaning(reason.enum, meaning) } : {}),
  };
  return [call(tool, complete(tool.properties, input, scene.dialogue.words))];
}

export function unclearCalls(scene: Scene): Calls {
  const tool = scene.toolbox.get('unclear');
  if (!tool) return [];
  const which = whichOf(tool.properties);
  const input: Input = which && scene.pending ? { [which.name]: scene.pending.id } : {};
  return [call(tool, complete(tool.properties, input, scene.dialogue.words))];
}

export function searchCalls(scene: Scene, query: string): Calls {
  const tool = scene.toolbox.get('search');
  const property = tool?.properties.find(isQuery);
  return tool && property ? [call(tool, complete(tool.properties, { [property.name]: query }, query))] : [];
}

/** A person, by a tool of that purpose or by one that ends the call for that reason. */
export function transferCalls(scene: Scene): Calls {
  const person = /person|human|agent|operator|staff|transfer|representative|escalat/i;
  const transfer = scene.toolbox.get('transfer');
  if (transfer) return [call(transfer, complete(transfer.properties, {}, scene.dialogue.words, person))];
  const end = scene.toolbox.get('end');
  const reason = end?.properties.find(({ enum: values }) => values.some((value) => person.test(value)));
  if (!end || !reason) return [];
  return [
    call(
      end,
      complete(end.properties, { [reason.name]: chooseMeaning(reason.enum, person) }, scene.dialogue.words),
    ),
  ];
}

export function endCalls(scene: Scene, meaning: RegExp): Calls {
  const end = scene.toolbox.get('end');
  return end ? [call(end, complete(end.properties, {}, scene.dialogue.words, meaning))] : [];
}

/** Looks somebody up by what was recorded so far; nothing when what the tool needs is not known. */
export function personCalls(scene: Scene): Calls {
  const tool = scene.toolbox.get('person');
  if (!tool) return [];
  const input: Input = {};
  for (const property of tool.properties) {
    const value = knownFor(scene, property);
    if (value !== undefined) input[property.name] = value;
    else if (property.required) return [];
  }
  return Object.keys(input).length === 0 ? [] : [call(tool, input)];
}

function knownFor(scene: Scene, property: Property): unknown {
  const kind = kindOf(`${property.name.replace(/([a-z])([A-Z])/g, '$1 $2')} ${property.description}`);
  if (kind === 'text' || kind === 'boolean') return undefined;
  const item = scene.items.findLast(({ id, kind: known }) => known === kind && scene.known.has(id));
  const words = item && scene.known.get(item.id);
  if (words === undefined) return undefined;
  if (kind === 'name' && /first|given/i.test(property.name)) return words.split(' ')[0];
  if (kind === 'name' && /last|family|sur/i.test(property.name)) return words.split(' ').at(-1);
  return valueFor(kind === 'date' ? { ...property, format: 'date' } : property, words);
}

/** Opens a case in the caller's words; nothing when the tool needs what a caller does not say. */
export function caseCalls(scene: Scene): Calls {
  const tool = scene.toolbox.get('case');
  const unmet = tool?.properties.some(
    ({ required, type, name }) => required && type === 'string' && /id$/i.test(name),
  );
  if (!tool || unmet) return [];
  return [
    call(
      tool,
      complete(tool.properties, {}, scene.dialogue.words, /normal|routine|medium|general|callback|other/i),
    ),
  ];
}

/** Calls a tool that must be called, with what the conversation and the words give it. */
export function forcedCalls(scene: Scene, tool: Tool): Calls {
  const { words } = scene.dialogue;
  const given: Input = {};
  for (const field of fieldsOfTool(tool)) {
    const known = scene.known.get(field.item.id);
    const value = known === undefined ? valueInRequest(field, words) : valueOfField(field, known);
    if (field.property.required && value !== undefined) given[field.property.name] = value;
  }
  return [call(tool, complete(tool.properties, given, words.replace(/[?.!]+$/, '')))];
}

/** Fills what is required and still missing. */
function complete(properties: readonly Property[], given: Input, words: string, meaning?: RegExp): Input {
  const input = { ...given };
  for (const property of properties) {
    if (!property.required || input[property.name] !== undefined) continue;
    input[property.name] = filler(property, words, meaning);
  }
  return input;
}

function filler(property: Property, words: string, meaning: RegExp | undefined): unknown {
  if (property.fallback !== undefined) return property.fallback;
  if (property.enum.length > 0) {
    return (
      choose(property.enum, words) ?? (meaning ? chooseMeaning(property.enum, meaning) : property.enum[0])
    );
  }
  switch (property.type) {
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return valueFor(property, words) ?? 1;
    case 'array':
      return [];
    case 'object':
      return complete(property.properties, {}, words, meaning);
    case 'string':
      return words;
  }
}

function call(tool: Tool, input: Input): ReplyBlock {
  return { kind: 'toolUse', name: tool.name, input };
}
