import { canonicalJson } from '@vestibule/core';
import { sha256Hex } from '../digest.ts';
import { RecordError } from '../errors.ts';
import { type Entry, type Payload, payloadOf } from './entries.ts';
import { splitJson } from './split-json.ts';

type Prompt = Payload<'prompt'>;

/**
 * Takes prompts apart into parts that are addressed by their content, so that what recurs from turn to turn (rules,
 * tools, earlier messages) is on the log once. `entries`: what is there already, after a take-over.
 */
export class PromptParts {
  readonly #known = new Set<string>();

  constructor(entries: readonly Entry[] = []) {
    for (const entry of entries) {
      const prompt = payloadOf(entry, 'prompt');
      if (Array.isArray(prompt?.piiTemplate))
        for (const digest of Object.keys(prompt.piiParts)) this.#known.add(digest);
    }
  }

  /** `text`: JSON, in whatever form it was sent. */
  take(text: string): Pick<Prompt, 'piiTemplate' | 'piiParts' | 'piiSha256'> {
    const piiParts: Record<string, string> = {};
    const piiTemplate = splitJson(text).map((piece) => {
      if (!piece.isElement) return piece.text;
      const part = sha256Hex(piece.text);
      if (!this.#known.has(part)) piiParts[part] = piece.text;
      this.#known.add(part);
      return { part };
    });
    return { piiTemplate, piiParts, piiSha256: sha256Hex(text) };
  }
}

/** Every prompt of a log as it was sent, byte for byte. @throws RecordError `corrupt` when one is not what was sent */
export function rebuildPrompts(entries: readonly Entry[]): { seq: number; model: string; text: string }[] {
  const parts = new Map<string, unknown>();
  return entries.flatMap((entry) => {
    const prompt = payloadOf(entry, 'prompt');
    if (!prompt) return [];
    for (const [digest, value] of Object.entries(prompt.piiParts)) parts.set(digest, value);
    const text = textOf(prompt, parts);
    const { seq } = entry.header;
    if (sha256Hex(text) !== prompt.piiSha256)
      throw new RecordError('corrupt', `entry ${seq}: the prompt cannot be rebuilt`);
    return [{ seq, model: prompt.model, text }];
  });
}

function textOf({ piiTemplate }: Prompt, parts: ReadonlyMap<string, unknown>): string {
  const resolve = (value: unknown) => (isPart(value) ? (parts.get(value.part) ?? null) : value);
  if (Array.isArray(piiTemplate)) return piiTemplate.map(resolve).join('');
  // As it was written before layers were: values, not texts, and the whole in canonical JSON.
  const members = Object.entries(piiTemplate).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.map(resolve) : value,
  ]);
  return canonicalJson(Object.fromEntries(members));
}

const isPart = (value: unknown): value is { part: string } =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'part';
