import { DelayTrimmer } from '@vestibule/local-telephony';

/** Frames that one track may have waiting: more than this is late audio, and is dropped at once. */
const maximumWaiting = 12;
/** Frames held back before a track is heard, against its jitter. */
const firstWaiting = 2;

interface Source {
  frames: Int16Array[];
  playing: boolean;
  trimmer: DelayTrimmer;
}

/**
 * Adds up what the participants say. Pure: `push` as frames come, `pull` every 20 ms. What a stall leaves waiting
 * beyond the first two frames goes again, a frame at a time.
 */
export class Mixer {
  #sources = new Map<string, Source>();

  /** Frames of one size; `source` is the track. */
  push(source: string, frame: Int16Array): void {
    const known = this.#sources.get(source) ?? {
      frames: [],
      playing: false,
      trimmer: new DelayTrimmer(),
    };
    this.#sources.set(source, known);
    known.frames.push(frame);
    if (known.frames.length > maximumWaiting) known.frames.splice(0, known.frames.length - firstWaiting);
    if (known.frames.length >= firstWaiting) known.playing = true;
  }

  remove(source: string): void {
    this.#sources.delete(source);
  }

  /** The next frame, or undefined when nobody has one. */
  pull(): Int16Array | undefined {
    const frames = [...this.#sources.values()].flatMap((source) => {
      const frame = next(source);
      return frame ? [frame] : [];
    });
    return frames.length <= 1 ? frames[0] : frames.reduce(add);
  }
}

function next(source: Source): Int16Array | undefined {
  if (!source.playing) return undefined;
  const surplus = source.frames.length > firstWaiting;
  const frame = source.frames.shift();
  if (!frame) source.playing = false;
  return frame && source.trimmer.leavesOut(surplus, frame) ? source.frames.shift() : frame;
}

function add(sum: Int16Array, frame: Int16Array): Int16Array {
  return Int16Array.from(sum, (sample, i) => Math.max(-32768, Math.min(32767, sample + (frame[i] ?? 0))));
}
