import { openRecogniser, type RecogniserResult } from '../../local/aws/src/recogniser/index.ts';

const FRAME_BYTES = 320;
const END_SILENCE_MS = 500;

export interface Heard {
  text: string;
  seconds: number;
  /** Wall-clock ms from the first frame to the last result. */
  tookMs: number;
}

/** Streams telephone audio in 20 ms frames, as fast as the recogniser takes it. */
export async function listen(socket: string, pcm: Buffer): Promise<Heard> {
  const stream = openRecogniser({ socket, sampleRate: 8000, endSilenceMs: END_SILENCE_MS });
  const begin = performance.now();
  for (let at = 0; at < pcm.length; at += FRAME_BYTES) stream.push(pcm.subarray(at, at + FRAME_BYTES));
  stream.end();
  const results: RecogniserResult[] = [];
  for await (const result of stream.results) results.push(result);
  const finals = results.filter((result) => result.kind === 'final');
  const text = finals.flatMap((final) => final.words.map((word) => word.text)).join(' ');
  return { text, seconds: pcm.length / 16000, tookMs: performance.now() - begin };
}

/**
 * Streams at the pace of a call and answers how long after the silence that ends a segment its final came, ms; and how
 * long after the first word began the first partial came.
 */
export async function delays(socket: string, pcm: Buffer): Promise<{ final: number[]; partial: number[] }> {
  const stream = openRecogniser({ socket, sampleRate: 8000, endSilenceMs: END_SILENCE_MS });
  const begin = performance.now();
  const pace = setInterval(() => {
    const due = Math.floor((performance.now() - begin) / 20);
    for (; sent < due && sent * FRAME_BYTES < pcm.length; sent += 1)
      stream.push(pcm.subarray(sent * FRAME_BYTES, (sent + 1) * FRAME_BYTES));
    if (sent * FRAME_BYTES >= pcm.length) stream.end();
  }, 20);
  let sent = 0;
  const final: number[] = [];
  const partial: number[] = [];
  let open = -1;
  for await (const result of stream.results) {
    const now = performance.now() - begin;
    if (result.kind === 'final') final.push(now - result.endMs - END_SILENCE_MS);
    else if (result.segment !== open) partial.push(now - result.startMs);
    open = result.segment;
  }
  clearInterval(pace);
  return { final, partial };
}
