import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What is signed. `type` is inside the signature: no statement can be passed off as another kind. */
export const workerKeySchema = z.strictObject({
  type: z.literal('vestibule/worker-key/1'),
  tenant: z.string(),
  worker: z.string(),
  /** SPKI, DER, base64. */
  publicKey: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
});
export type WorkerKeyStatement = z.infer<typeof workerKeySchema>;

/** The end of a call's log: so many entries, with this root, and these objects beside it. */
export const callRootSchema = z.strictObject({
  type: z.literal('vestibule/call-root/1'),
  tenant: z.string(),
  callId: z.string(),
  /** The edge's id for having admitted the call. */
  decision: z.string().optional(),
  size: z.number().int().nonnegative(),
  root: hash,
  /** Hash of the last entry. */
  head: hash,
  at: z.iso.datetime(),
  objects: z.array(z.strictObject({ name: z.string(), sha256: hash })),
});
export type CallRootStatement = z.infer<typeof callRootSchema>;

/** A call as a checkpoint saw it: the leaf of the checkpoint's tree is its canonical JSON. */
export const sightingSchema = z.strictObject({
  callId: z.string(),
  decision: z.string().optional(),
  size: z.number().int().nonnegative(),
  root: hash,
  /** True when the call is over and this is its final root. */
  final: z.boolean(),
});
export type Sighting = z.infer<typeof sightingSchema>;

/** One root over all calls that a worker holds, every few seconds. A worker's checkpoints are a chain of their own. */
export const checkpointSchema = z.strictObject({
  type: z.literal('vestibule/checkpoint/1'),
  tenant: z.string(),
  worker: z.string(),
  seq: z.number().int().nonnegative(),
  /** Leaf hash of the statement before; of the first, zeros. */
  previous: hash,
  at: z.iso.datetime(),
  size: z.number().int().nonnegative(),
  root: hash,
});
export type CheckpointStatement = z.infer<typeof checkpointSchema>;

const signed = <Statement extends z.ZodType>(statement: Statement) =>
  z.strictObject({ statement, signature: z.base64() });

export const certificateSchema = signed(workerKeySchema);
export type Certificate = z.infer<typeof certificateSchema>;

const certified = <Statement extends z.ZodType>(statement: Statement) =>
  z.strictObject({ statement, signature: z.base64(), certificate: certificateSchema });

/** `root.json`: with the list of leaf hashes that the root is made of, so that an altered entry can be named. */
export const signedCallRootSchema = certified(callRootSchema).extend({ leaves: z.array(hash) });
export type SignedCallRoot = z.infer<typeof signedCallRootSchema>;

/** A worker's checkpoint with the calls it covers. */
export const signedCheckpointSchema = certified(checkpointSchema).extend({ calls: z.array(sightingSchema) });
export type SignedCheckpoint = z.infer<typeof signedCheckpointSchema>;

/** A checkpoint as it concerns one call: the other calls are behind the proof. */
export const sightedCheckpointSchema = certified(checkpointSchema).extend({
  sighting: sightingSchema,
  index: z.number().int().nonnegative(),
  proof: z.array(hash),
});
export type SightedCheckpoint = z.infer<typeof sightedCheckpointSchema>;
