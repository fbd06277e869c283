import { canonicalJson } from '@vestibule/core';
import { sha256Hex } from '../digest.ts';
import { RecordError } from '../errors.ts';
import { type Entry, type Payload, payloadOf } from './entries.ts';

/** What a model is sent, as JSON. Its elements that are lists are taken apart; everything else stays as it is. */
export type PromptPayload = Readonly<Record<string, unknown>>;

interface Part {
  part: string;
}

/**
 * Takes prompts apart into parts that are addressed by their content, so that what recurs from turn to turn (rules,
 * tools, earlier messages) is on the log once. `entries`: what is there already, after a take-over.
 */
export class PromptParts {
  readonly #known = new Set<string>();

  constructor(entries: readonly Entry[] = []) {
    for (const entry of entries)
      for (const digest of Object.keys(payloadOf(entry, 'prompt')?.piiParts ?? {})) this.#known.add(digest);
  }

  take(payload: PromptPayload): Pick<Payload<'prompt'>, 'piiTemplate' | 'piiParts' | 'piiSha256'> {
    const piiParts: Record<string, unknown> = {};
    const part = (value: unknown): Part => {
      const digest = sha256Hex(canonicalJson(value));
      if (!this.#known.has(digest)) piiParts[digest] = value;
      this.#known.add(digest);
      return { part: digest };
    };
    const piiTemplate = Object.fromEntries(
      Object.entries(payload).map(([key, value]) => [key, Array.isArray(value) ? value.map(part) : value]),
    );
    return { piiTemplate, piiParts, piiSha256: sha256Hex(canonicalJson(payload)) };
  }
}

/** Every prompt of a log as it was sent, canonical JSON, byte for byte. @throws RecordError `corrupt` when one is not what was sent */
export function rebuildPrompts(entries: readonly Entry[]): { seq: number; model: string; text: string }[] {
  const parts = new Map<string, unknown>();
  return entries.flatMap((entry) => {
    const prompt = payloadOf(entry, 'prompt');
    if (!prompt) return [];
    for (const [digest, value] of Object.entries(prompt.piiParts)) parts.set(digest, value);
    const resolve = (value: unknown) => (isPart(value) ? (parts.get(value.part) ?? null) : value);
    const payload = Object.fromEntries(
      Object.entries(prompt.piiTemplate).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.map(resolve) : value,
      ]),
    );
    const text = canonicalJson(payload);
    const { seq } = entry.header;
    if (sha256Hex(text) !== prompt.piiSha256)
      throw new RecordError('corrupt', `entry ${seq}: the prompt cannot be rebuilt`);
    return [{ seq, model: prompt.model, text }];
  });
}

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'part';
