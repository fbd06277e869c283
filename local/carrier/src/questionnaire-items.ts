import { CodedError } from '@vestibule/core';
import { parse } from 'yaml';

/** What the person can know of an item beforehand: its name and how it may be worded. */
export interface QuestionnaireItem {
  readonly id: string;
  readonly prompts: readonly string[];
}

/**
 * Reads the items of a questionnaire, FHIR R4 JSON (`item[].linkId`, `text`) or YAML (`items[].linkId` or `id`,
 * `ask`, `prompt` or `text`, and `askProxy` and `retry` for other wordings), nested ones included. Nothing else in the file matters here, so nothing else is checked:
 * this is the memory of a person who has seen the form, not the engine that asks it.
 * @throws CodedError `bad-questionnaire` when the file holds no item with a name and a text.
 */
export function questionnaireItems(text: string, file: string): QuestionnaireItem[] {
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    throw new CodedError('bad-questionnaire', `${file} is neither YAML nor JSON`, { cause });
  }
  const items = [...walk(document)];
  if (items.length === 0) {
    throw new CodedError('bad-questionnaire', `${file} has no items with linkId and text`);
  }
  return items;
}

function* walk(node: unknown): Generator<QuestionnaireItem> {
  if (!isRecord(node)) return;
  const id = [node['linkId'], node['id']].find((value) => typeof value === 'string');
  const prompt = [node['ask'], node['prompt'], node['text']].find((value) => typeof value === 'string');
  const retries = Array.isArray(node['retry']) ? (node['retry'] as unknown[]) : [];
  const prompts = [prompt, node['askProxy'], ...retries].filter((value) => typeof value === 'string');
  if (id !== undefined && prompts.length > 0) yield { id, prompts };
  for (const children of [node['items'], node['item']]) {
    if (Array.isArray(children)) for (const child of children as unknown[]) yield* walk(child);
    else if (isRecord(children)) {
      for (const [key, child] of Object.entries(children)) {
        if (isRecord(child)) yield* walk({ linkId: key, ...child });
      }
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
