import { z } from 'zod';

/** `manifest.json`, written last when a call is sealed: what there is, and the chain's head. */
export const manifestSchema = z.object({
  version: z.literal(2),
  callId: z.string(),
  tenant: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  dialled: z.string(),
  questionnaire: z.object({ id: z.string(), url: z.string(), version: z.string() }),
  consent: z.object({ recording: z.boolean() }),
  outcome: z.enum(['complete', 'partial', 'handed-over']),
  /** False when the log has no end: the call was cut off from us. */
  complete: z.boolean(),
  redFlags: z.array(z.object({ id: z.string(), severity: z.string(), linkId: z.string().optional() })),
  items: z.object({ asked: z.number(), answered: z.number() }),
  /**
   * Which object is the call's audio, the call's time at its first sample, ms, and, where it is known, in the call's time too, where it is
   * silent because nothing was recorded.
   */
  recording: z
    .object({
      name: z.string(),
      startMs: z.number(),
      gaps: z.array(z.object({ fromMs: z.number(), toMs: z.number() })).optional(),
    })
    .optional(),
  /** Of a call-back: the call that it answers, and whether anybody was there to talk to. */
  callBack: z.object({ of: z.string(), attempt: z.number(), talk: z.boolean() }).optional(),
  objects: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() })),
  head: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** `transcript.json`: what was heard and said, in order; absent without recording consent. */
export const transcriptSchema = z.object({
  version: z.literal(1),
  callId: z.string(),
  turns: z.array(
    z.object({
      speaker: z.enum(['caller', 'agent']),
      text: z.string(),
      startMs: z.number(),
      endMs: z.number(),
      confidence: z.number().optional(),
    }),
  ),
});
export type Transcript = z.infer<typeof transcriptSchema>;
