import {
  openRecogniser,
  type RecogniserResult,
  startRecogniserProcess,
} from '../../aws/src/recogniser/index.ts';

/** What was understood of one stretch of the agent's speech, so far or for good. */
export interface HeardSegment {
  segment: number;
  text: string;
  final: boolean;
}

/** A recogniser on the sound that comes out of the telephone. */
export interface Ears {
  /** 8 kHz, 16 bit. */
  hear(samples: Int16Array): void;
  onHeard: (segment: HeardSegment) => void;
  /** Resolves with the error that ended hearing, if one did. */
  readonly failed: Promise<unknown>;
  /** Resolves when all that was put in has been heard; nothing can be put in after it. Rejects as `failed` says. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Silence that ends a segment, ms: shorter than the person's patience, so that the words are there in time. */
const endSilenceMs = 400;
/** Partial results are for interruptions alone. */
const partialEveryMs = 400;

/**
 * Starts a recogniser of the person's own (a process that ends with this one) and leans it towards `phrases`.
 * @throws RecogniserError `did-not-start`.
 */
export async function openEars(phrases: readonly string[]): Promise<Ears> {
  const process = await startRecogniserProcess({ streams: 2 });
  const stream = openRecogniser({
    socket: process.socket,
    sampleRate: 8000,
    vocabulary: [...phrases],
    languageModel: 'prompts',
    endSilenceMs,
    partialEveryMs,
  });
  const listened = Promise.withResolvers<void>();
  listened.promise.catch(() => {});
  const ears: Ears = {
    hear: (samples) => void stream.push(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)),
    onHeard: () => undefined,
    failed: new Promise((resolve) => void listened.promise.catch(resolve)),
    finish: () => {
      stream.end();
      return listened.promise;
    },
    close: async () => {
      stream.close();
      await process.stop();
    },
  };
  const listen = async () => {
    for await (const result of stream.results) ears.onHeard(segmentOf(result));
  };
  listen().then(listened.resolve, listened.reject);
  return ears;
}

function segmentOf({ kind, segment, words }: RecogniserResult): HeardSegment {
  return { segment, text: words.map(({ text }) => text).join(' '), final: kind === 'final' };
}
