import { z } from 'zod';
import { callBack, callBackOf, callBackWish } from './call-back.ts';

/**
 * What a call's log may hold: one schema a kind. Members whose key begins with `pii` are a caller's data.
 * Times named `…Ms` are milliseconds since the log's first entry.
 */
const span = { startMs: z.number(), endMs: z.number() };

/** What a model is asked for, where it is not to answer the caller. */
const purpose = z.enum(['red-flags']);

/** A piece of a text: itself, or the digest of a part. */
const templateSegment = z.union([z.string(), z.strictObject({ part: z.string() })]);

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
      /** The SIP Call-ID: by it the edge knows the call's media. */
      sipCallId: z.string().optional(),
      attestation: z.string(),
      verified: z.boolean(),
    }),
    questionnaire: z.object({ id: z.string(), url: z.string(), version: z.string() }),
    /** `llm`: all that may be asked, in order. */
    models: z.object({ stt: z.string(), llm: z.string(), tts: z.string(), redFlags: z.string().optional() }),
    /** Of a call that we placed: `dialled` is the number that the caller had called, `piiCaller` theirs, and nothing of `edge` is about this call. */
    callBack: callBackOf.optional(),
  }),
  consent: z.object({ recording: z.boolean(), piiWords: z.string() }),
  /** A call of the same caller that was cut off, found when this one began, and its inputs of the questionnaire engine. */
  earlier: z.object({ callId: z.string(), piiInputs: z.array(z.unknown()) }),
  /** Whether the caller wants to go on with the earlier call's answers. */
  resumption: z.object({ accepted: z.boolean() }),
  'call-back': callBack,
  'call-back-wish': callBackWish,
  partial: z.object({ piiText: z.string(), ...span }),
  final: z.object({ piiText: z.string(), confidence: z.number(), ...span }),
  /** Interim words that are taken for the caller's whole turn, until the final says otherwise. */
  provisional: z.object({ piiText: z.string(), ...span }),
  /** The final said otherwise: the provisional answer before it, to that item, does not count. */
  withdrawn: z.object({ linkId: z.string().optional() }),
  /** Keys pressed on the telephone, as one answer. */
  keys: z.object({ piiKeys: z.string(), ...span }),
  /** The caller's turn is over and it is ours: they spoke, or nothing was heard for a while. */
  turn: z.object({ by: z.enum(['speech', 'silence']) }),
  /**
   * What the model was sent: a text in parts by content, see `rebuildPrompts`; `piiSha256` is of the whole. On the layer `wire` it is the
   * request's body, byte for byte; on `framework`, as canonical JSON, what was handed to a plugin that does not show its requests.
   */
  prompt: z.object({
    model: z.string(),
    purpose: purpose.optional(),
    layer: z.enum(['wire', 'framework']).optional(),
    /** What the model was set to, as far as the layer shows it: temperature, tokens, choice of tools. */
    parameters: z.record(z.string(), z.unknown()).optional(),
    /** A record in what was written before layers were. */
    piiTemplate: z.union([z.array(templateSegment), z.record(z.string(), z.unknown())]),
    piiParts: z.record(z.string(), z.unknown()),
    piiSha256: z.string(),
  }),
  /**
   * Written before any of its tools is called. `cutOff`: not all of it came or counted, and none of its tools was called; `failure` says why, where it
   * was the model's doing. Each answers the prompt to that model before it. `about`: what a model that looks for red flags was shown.
   */
  output: z.object({
    model: z.string().optional(),
    purpose: purpose.optional(),
    about: z.object({ piiWords: z.string(), ...span }).optional(),
    cutOff: z.boolean().optional(),
    failure: z.string().optional(),
    piiText: z.string(),
    toolCalls: z.array(z.object({ id: z.string(), name: z.string(), piiArguments: z.string() })),
    usage: z.object({ promptTokens: z.number(), completionTokens: z.number() }).optional(),
    durationMs: z.number(),
  }),
  /** `effect`: it does something that is owed until it is done; `once`, the same key does it once, so that it can be tried again. */
  'tool-call': z.object({
    id: z.string(),
    name: z.string(),
    piiArguments: z.unknown(),
    key: z.string(),
    effect: z.enum(['once', 'acts']).optional(),
  }),
  'tool-result': z.object({
    id: z.string(),
    name: z.string(),
    key: z.string(),
    piiResult: z.unknown(),
    failed: z.boolean(),
    /** Of a failure: whether the same call may succeed later. */
    retryable: z.boolean().optional(),
    durationMs: z.number(),
  }),
  /** A sentence, acknowledged before it is spoken. */
  said: z.object({
    piiText: z.string(),
    source: z.enum(['script', 'model']),
    /** Not to the caller. */
    to: z.literal('staff').optional(),
    /** Documents of the knowledge that it rests on, by id. */
    cites: z.array(z.string()).optional(),
  }),
  /**
   * What came out of what was said: written after the speech, or when it was cut off. The span and `playedMs` are of the audio that was
   * played (pauses are in the span alone); `piiText` is all that was handed over to be spoken, so of a speech that was interrupted more
   * than was heard.
   */
  played: z.object({
    piiText: z.string(),
    interrupted: z.boolean(),
    ...span,
    playedMs: z.number().optional(),
  }),
  /** An input of the questionnaire engine; the engine's state is the fold over these. */
  answer: z.object({
    linkId: z.string().optional(),
    piiInput: z.unknown(),
    piiEvents: z.array(z.unknown()),
    /** The words that it rests on, and when they were heard. Absent where nothing was. */
    evidence: z
      .object({ ...span, piiWords: z.string().optional(), confidence: z.number().optional() })
      .optional(),
    /** Which way the input came, and what its value is, where it has one. */
    obtained: z
      .object({
        by: z.enum([
          'typed-parse',
          'model-tool',
          'keypad',
          'red-flag-phrase',
          'red-flag-model',
          'looked-up',
          'silence',
          'idle-turns',
          'no-model',
        ]),
        value: z.enum(['stated', 'corrected', 'prefilled']).optional(),
        /** It rests on interim words. */
        provisional: z.boolean().optional(),
      })
      .optional(),
    /** Where the item stands after it. */
    readBack: z.enum(['not-needed', 'owed', 'confirmed', 'rejected']).optional(),
    /** sha256 of the questionnaire with all its rules and wordings, and of the agent's own words and the model's rules. */
    versions: z.object({ questionnaire: z.string(), prompts: z.string() }).optional(),
  }),
  'red-flag': z.object({
    id: z.string(),
    severity: z.string(),
    action: z.string(),
    linkId: z.string().optional(),
    /** What fired it; `phrase` in what was written before partial and final words were told apart. */
    lane: z.enum(['partial', 'final', 'answer', 'model-tool', 'second-model', 'phrase']),
    piiWords: z.string().optional(),
  }),
  'barge-in': z.object({ atMs: z.number() }),
  /** The caller is left to a person; or, for the reason `drained`, the call to another worker. */
  'hand-over': z.object({ reason: z.string() }),
  /**
   * A caller is brought to a person: where that stands, written before it is acted on. `staff`: of the on-call list, by name. What is whispered to
   * them is `said` `to` staff.
   */
  transfer: z.object({
    step: z.enum([
      'requested',
      'dialled',
      'ringing',
      'answered',
      'whispered',
      'accepted',
      'declined',
      'joined',
      'left',
      'failed',
      'referred',
      'exhausted',
    ]),
    staff: z.string().optional(),
    mode: z.enum(['warm', 'cold']).optional(),
    /** Of a request: why. Of a failure: a SIP status as `sip-486`, or what else it was. */
    code: z.string().optional(),
  }),
  /** The room is about to be closed; what follows is done without the caller. */
  'hang-up': z.object({ by: z.enum(['agent', 'caller', 'fault']) }),
  'take-over': z.object({ from: z.string(), reason: z.string() }),
  error: z.object({ part: z.string(), code: z.string() }),
  /**
   * In a call's audio log alone (`audioLogId`): µ-law at 8 kHz of both parties, deflated, in base64, from a sample that is counted from the
   * call's first entry. `subscription`: the edge's name of the copy that it comes from.
   */
  audio: z.object({
    fromSample: z.number(),
    samples: z.number(),
    piiCaller: z.string(),
    piiAgent: z.string(),
    /** From sample to sample: where nothing came, of neither party. */
    missing: z.array(z.array(z.number())),
    subscription: z.string(),
  }),
  /** In a call's audio log alone: one of the parts, in base64, of the file that is to be sealed; its last entry. None of them: no audio. */
  recording: z.object({
    format: z.enum(['wav', 'opus']),
    startMs: z.number(),
    part: z.number(),
    parts: z.number(),
    gaps: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
    piiBody: z.string(),
  }),
  end: z.object({
    outcome: z.enum(['complete', 'partial', 'handed-over']),
    by: z.enum(['agent', 'caller', 'fault']),
    durationMs: z.number(),
  }),
} as const;

/** Of an `error`: no language model answered, and none was asked after it until `modelTried`. */
export const modelLost = { part: 'llm', code: 'given-up' } as const;
/** A language model is asked again. */
export const modelTried = { part: 'llm', code: 'tried-again' } as const;

/** The reason on the record when a worker that stops leaves a call to another. */
export const drained = 'drained';

export type EntryKind = keyof typeof payloads;
export type Payload<Kind extends EntryKind> = z.infer<(typeof payloads)[Kind]>;
export const entryKinds = Object.keys(payloads) as EntryKind[];

/**
 * Kinds that hold what was spoken: without recording consent only their commitments are kept after the call. An answer is among them,
 * as its evidence is the caller's words; its value stands in the QuestionnaireResponse.
 */
export const spokenKinds: ReadonlySet<EntryKind> = new Set([
  'partial',
  'final',
  'provisional',
  'keys',
  'earlier',
  'answer',
  'prompt',
  'output',
  'tool-call',
  'tool-result',
  'said',
  'played',
  'audio',
  'recording',
]);

export const headerSchema = z.strictObject({
  version: z.literal(2),
  callId: z.string(),
  seq: z.number().int().nonnegative(),
  at: z.iso.datetime(),
  kind: z.enum(entryKinds as [EntryKind, ...EntryKind[]]),
  writer: z.string(),
  /** The fencing number of the writer's lease: it grows with each take-over. */
  fence: z.number().int().nonnegative(),
  previous: z.string(),
  commitment: z.string(),
});

/** The part of an entry that is chained: it names its predecessor's hash and commits to its payload. */
export type EntryHeader = z.infer<typeof headerSchema>;

/** An entry with what is known of its payload. Without `inner` a caller's data in it is redacted; once erased or withheld, all is absent. */
export interface Entry {
  header: EntryHeader;
  hash: string;
  outer?: string;
  inner?: string;
  payload?: unknown;
}

/** An entry as it is stored: its payload under the call's key, absent when withheld. */
export interface SealedEntry {
  header: EntryHeader;
  hash: string;
  sealed?: string;
}

/** The payload of `entry` when it is of `kind` and still there in full. @throws ZodError when it does not fit its schema. */
export function payloadOf<Kind extends EntryKind>(entry: Entry, kind: Kind): Payload<Kind> | undefined {
  if (entry.header.kind !== kind || entry.payload === undefined || entry.inner === undefined)
    return undefined;
  return payloads[kind].parse(entry.payload) as Payload<Kind>;
}
