import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Payload, Recording } from '@vestibule/record';
import { decodeMuLaw, silence } from './g711.ts';
import { encodeOpus } from './opus.ts';
import { gapsOf, overlaps } from './gaps.ts';
import { samplesPerMs, type Taken } from './timeline.ts';
import { wavHeader } from './wav.ts';

export type Chunk = Payload<'audio'>;
export type Format = Recording['format'];

const channels = 2;
/** So many samples are decoded at a time. */
const block = 80_000;

/** One stretch of both parties' audio, of the same length. */
export function packChunk(fromSample: number, caller: Taken, agent: Taken, subscription: string): Chunk {
  const pack = ({ muLaw }: Taken) => deflateRawSync(muLaw, { level: 1 }).toString('base64');
  return {
    ...{ fromSample, samples: caller.muLaw.length, subscription },
    ...{ piiCaller: pack(caller), piiAgent: pack(agent) },
    missing: overlaps(caller.missing, agent.missing).map((span) => [...span]),
  };
}

/**
 * The file that is sealed: channel 1 the caller, channel 2 the agent, from the first chunk's first sample on; between chunks silence, so that it
 * stays on the call's clock. Undefined without chunks. @throws CodedError `not-encoded`
 */
export async function recordingFile(
  chunks: readonly Chunk[],
  format: Format,
): Promise<Recording | undefined> {
  const [first] = chunks;
  if (!first) return undefined;
  const startMs = first.fromSample / samplesPerMs;
  const gaps = gapsOf(chunks);
  const pcm = interleaved(chunks);
  if (format === 'opus') return { body: await encodeOpus(pcm, channels), format, startMs, gaps };
  const samples = Buffer.concat([...pcm]);
  const body = Buffer.concat([wavHeader(samples.length, channels, 8000), samples]);
  return { body, format, startMs, gaps };
}

/** 16-bit linear PCM of both channels. Chunks are in order; where two overlap, the earlier one counts. */
function* interleaved(chunks: readonly Chunk[]): Generator<Buffer> {
  let next = chunks[0]!.fromSample;
  for (const { fromSample, samples, piiCaller, piiAgent } of chunks) {
    for (let gap = fromSample - next; gap > 0; gap -= block) yield Buffer.alloc(Math.min(gap, block) * 4);
    next = Math.max(next, fromSample);
    const skipped = next - fromSample;
    if (skipped >= samples) continue;
    const [caller, agent] = [piiCaller, piiAgent].map((packed) => decodeMuLaw(unpack(packed, samples)));
    yield interleave(caller!.subarray(skipped), agent!.subarray(skipped));
    next = fromSample + samples;
  }
}

function unpack(packed: string, samples: number): Uint8Array {
  const muLaw = new Uint8Array(samples).fill(silence);
  muLaw.set(inflateRawSync(Buffer.from(packed, 'base64')).subarray(0, samples));
  return muLaw;
}

function interleave(left: Int16Array, right: Int16Array): Buffer {
  const both = new Int16Array(left.length * 2);
  for (let index = 0; index < left.length; index++) {
    both[index * 2] = left[index]!;
    both[index * 2 + 1] = right[index]!;
  }
  // Little-endian, as every machine is that this runs on.
  return Buffer.from(both.buffer);
}
