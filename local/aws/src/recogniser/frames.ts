import { z } from 'zod';

const results = z.object({
  kind: z.enum(['partial', 'final']),
  segment: z.int(),
  startMs: z.int(),
  endMs: z.int(),
  words: z.array(
    z.object({
      text: z.string(),
      startMs: z.int(),
      endMs: z.int(),
      stable: z.boolean(),
      confidence: z.number(),
    }),
  ),
});
const messages = z.union([
  z.object({ kind: z.enum(['ready', 'end']) }),
  z.object({ kind: z.literal('error'), code: z.string(), message: z.string() }),
  results,
]);
export type SidecarMessage = z.infer<typeof messages>;

/** A frame to the sidecar: uint32 big-endian length, then the kind (H, A or E) and the body. */
export function encodeFrame(kind: 'H' | 'A' | 'E', body: Buffer | string = ''): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const frame = Buffer.allocUnsafe(5 + bytes.length);
  frame.writeUInt32BE(1 + bytes.length, 0);
  frame.write(kind, 4, 'latin1');
  bytes.copy(frame, 5);
  return frame;
}

/** Splits what the sidecar sends into its JSON lines. */
export class LineDecoder {
  #rest = '';

  decode(chunk: string): SidecarMessage[] {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => messages.parse(JSON.parse(line)));
  }
}
