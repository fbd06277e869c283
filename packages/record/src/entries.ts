import { z } from 'zod';

/**
 * What a call's log may hold: one schema a kind. Members whose key begins with `pii` are a caller's data.
 * Times named `…Ms` are milliseconds since the log's first entry.
 */
const span = { startMs: z.number(), endMs: z.number() };

export const payloads = {
  /** First entry: what the SIP side said about the call. `decision` is the edge's id for having admitted it. */
  call: z.object({
    tenant: z.string(),
    room: z.string(),
    dialled: z.string(),
    piiCaller: z.string().optional(),
    edge: z.object({
      decision: z.string().optional(),
      zone: z.string().optional(),
      carrier: z.string().optional(),
      attestation: z.string(),
      verified: z.boolean(),
    }),
    questionnaire: z.object({ id: z.string(), url: z.string(), version: z.string() }),
    models: z.object({ stt: z.string(), llm: z.string(), tts: z.string() }),
  }),
  consent: z.object({ recording: z.boolean(), piiWords: z.string() }),
  partial: z.object({ piiText: z.string(), ...span }),
  final: z.object({ piiText: z.string(), confidence: z.number(), ...span }),
  /** What the model was sent. `piiMessages` holds only what was not in the prompt before it (`since`). */
  prompt: z.object({
    model: z.string(),
    system: z.string(),
    piiMessages: z.array(z.unknown()),
    since: z.number().int(),
    tools: z.array(z.string()),
  }),
  output: z.object({
    piiText: z.string(),
    toolCalls: z.array(z.object({ id: z.string(), name: z.string(), piiArguments: z.string() })),
    usage: z.object({ promptTokens: z.number(), completionTokens: z.number() }).optional(),
    durationMs: z.number(),
  }),
  'tool-call': z.object({ id: z.string(), name: z.string(), piiArguments: z.unknown(), key: z.string() }),
  'tool-result': z.object({
    id: z.string(),
    name: z.string(),
    piiResult: z.unknown(),
    failed: z.boolean(),
    durationMs: z.number(),
  }),
  /** A sentence, acknowledged before it is spoken. */
  said: z.object({ piiText: z.string(), source: z.enum(['script', 'model']) }),
  /** How much of what was said came out: written after the speech, or when the caller cut it off. */
  played: z.object({ piiText: z.string(), interrupted: z.boolean(), ...span }),
  /** An input of the questionnaire engine; the engine's state is the fold over these. */
  answer: z.object({
    linkId: z.string().optional(),
    piiInput: z.unknown(),
    piiEvents: z.array(z.unknown()),
    evidence: z.object({ startMs: z.number(), endMs: z.number() }).optional(),
  }),
  'red-flag': z.object({
    id: z.string(),
    severity: z.string(),
    action: z.string(),
    linkId: z.string().optional(),
    lane: z.enum(['phrase', 'answer']),
    piiWords: z.string().optional(),
  }),
  'barge-in': z.object({ atMs: z.number() }),
  'hand-over': z.object({ reason: z.string() }),
  'take-over': z.object({ from: z.string(), reason: z.string() }),
  error: z.object({ part: z.string(), code: z.string() }),
  end: z.object({
    outcome: z.enum(['complete', 'partial', 'handed-over']),
    by: z.enum(['agent', 'caller', 'fault']),
    durationMs: z.number(),
  }),
} as const;

export type EntryKind = keyof typeof payloads;
export type Payload<Kind extends EntryKind> = z.infer<(typeof payloads)[Kind]>;
export const entryKinds = Object.keys(payloads) as EntryKind[];

/** Kinds that hold what was spoken: without recording consent only their commitments are kept after the call. */
export const spokenKinds: ReadonlySet<EntryKind> = new Set([
  'partial',
  'final',
  'prompt',
  'output',
  'tool-call',
  'tool-result',
  'said',
  'played',
]);

const headerSchema = z.object({
  version: z.literal(1),
  callId: z.string(),
  seq: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  kind: z.enum(entryKinds as [EntryKind, ...EntryKind[]]),
  writer: z.string(),
  previous: z.string(),
  commitment: z.string(),
});

/** The part of an entry that is chained: it names its predecessor's hash and commits to its payload. */
export type EntryHeader = z.infer<typeof headerSchema>;

export const storedEntrySchema = z.object({
  header: headerSchema,
  hash: z.string(),
  /** Absent once erased or withheld; the header's commitment remains. */
  salt: z.string().optional(),
  payload: z.unknown().optional(),
});

export type StoredEntry = z.infer<typeof storedEntrySchema>;

/** The payload of `entry` when it is of `kind` and still there. @throws ZodError when it does not fit its schema. */
export function payloadOf<Kind extends EntryKind>(entry: StoredEntry, kind: Kind): Payload<Kind> | undefined {
  if (entry.header.kind !== kind || entry.payload === undefined) return undefined;
  return payloads[kind].parse(entry.payload) as Payload<Kind>;
}
