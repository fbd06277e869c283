import { execFileSync } from 'node:child_process';
import type { Transcript } from '@vestibule/record';

/** How loud each channel of an Ogg Opus file is (RMS of 16-bit samples): channel 1, channel 2. */
export interface Loudness {
  whileAgentSpeaks: [number, number];
  /** When the caller's turn is. When they spoke in it is the recogniser's to say, which is late on a busy machine. */
  between: [number, number];
}

/** The agent's playout and the caller's RTP are that far apart at most, ms. */
const marginMs = 400;

export function loudnessByTurn(opus: Uint8Array, startMs: number, { turns }: Transcript): Loudness {
  const pcm = decode(opus);
  const spoken = turns
    .filter(({ speaker, endMs }) => speaker === 'agent' && endMs > startMs)
    .map((turn): Span => [turn.startMs - startMs, turn.endMs - startMs]);
  const inner = spoken.map(([from, to]): Span => [from + marginMs, to - marginMs]);
  const gaps = spoken.slice(1).map(([from], index): Span => [spoken[index]![1] + marginMs, from - marginMs]);
  const of = (spans: readonly Span[]) =>
    [0, 1].map((channel) => loudness(pcm, channel, spans)) as [number, number];
  return { whileAgentSpeaks: of(inner), between: of(gaps) };
}

type Span = readonly [fromMs: number, toMs: number];

/** 16-bit samples at 8 kHz, both channels interleaved. */
function decode(opus: Uint8Array): Int16Array {
  const stdio = ['pipe', 'pipe', 'ignore'] as const;
  const args = ['--quiet', '--rate', '8000', '-', '-'];
  const out = execFileSync('/usr/bin/opusdec', args, { input: opus, stdio: [...stdio], maxBuffer: 1e9 });
  const skip = out.subarray(0, 4).toString('latin1') === 'RIFF' ? 44 : 0;
  return new Int16Array(out.buffer.slice(out.byteOffset + skip, out.byteOffset + out.length));
}

function loudness(pcm: Int16Array, channel: number, spans: readonly Span[]): number {
  let [sum, count] = [0, 0];
  for (const [from, to] of spans)
    for (let frame = Math.max(0, Math.round(from * 8)); frame < Math.min(to * 8, pcm.length / 2); frame++) {
      sum += pcm[frame * 2 + channel]! ** 2;
      count += 1;
    }
  return Math.sqrt(sum / Math.max(1, count));
}
