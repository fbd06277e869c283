import fc, { type Arbitrary } from 'fast-check';
import type { z } from 'zod';
import { genesis, nextEntry } from '../log/chain.ts';
import { type Entry, type EntryKind, entryKinds, payloads } from '../log/entries.ts';

/** Whatever the schema accepts; numbers and texts as JSON can carry them. @throws Error for a schema that it cannot make anything of. */
export function arbitraryOf(schema: z.core.$ZodType): Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return arbitraryObject(def.shape);
    case 'string':
      return text;
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitraryOf(def.element), { maxLength: 3 });
    case 'record':
      return fc.dictionary(name, arbitraryOf(def.valueType), { maxKeys: 3, noNullPrototype: true });
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'union':
      return fc.oneof(...def.options.map(arbitraryOf));
    case 'literal':
      return fc.constantFrom<unknown>(...def.values);
    case 'unknown':
      return fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' }).map((value) => normalise(value));
    default:
      throw new Error(`arbitraryOf knows no schema of type ${def.type}: add it`);
  }
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const name = text.filter((text) => text !== '__proto__');

function arbitraryObject(shape: Record<string, z.core.$ZodType>): Arbitrary<unknown> {
  const optional = (schema: z.core.$ZodType): schema is z.ZodOptional => schema._zod.def.type === 'optional';
  const members = Object.entries(shape).map(([name, schema]) => [
    name,
    arbitraryOf(optional(schema) ? schema.unwrap() : schema),
  ]);
  const requiredKeys = Object.keys(shape).filter((name) => !optional(shape[name]!));
  return fc.record(Object.fromEntries(members) as Record<string, Arbitrary<unknown>>, {
    requiredKeys,
    noNullPrototype: true,
  });
}

/** JSON has no -0. */
const normalise = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const salts = { outer: '0a'.repeat(16), inner: '0b'.repeat(16) };

/** A log of any kinds in any order, chained. A payload may be redacted, or withheld altogether. */
export const arbitraryLog: Arbitrary<Entry[]> = fc
  .array(fc.constantFrom(...entryKinds).chain(arbitraryDraft), { maxLength: 25 })
  .map((drafts) => {
    const entries: Entry[] = [];
    for (const [seq, { kind, payload, known }] of drafts.entries()) {
      const place = {
        ...{ callId: 'c', seq, writer: 'w', fence: 1, previous: entries.at(-1)?.hash ?? genesis },
        at: new Date(Date.UTC(2026, 0, 1) + seq).toISOString(),
      };
      const { header, hash, inner, ...rest } = nextEntry(place, kind, payload as never, salts);
      entries.push({
        header,
        hash,
        ...(known === 'nothing' ? {} : rest),
        ...(known === 'all' ? { inner } : {}),
      });
    }
    return entries;
  });

function arbitraryDraft(kind: EntryKind) {
  return fc.record({
    kind: fc.constant(kind),
    payload: arbitraryOf(payloads[kind]),
    known: fc.constantFrom('all', 'all', 'all', 'redacted', 'nothing'),
  });
}
