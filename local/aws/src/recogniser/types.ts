import type { CodedError } from '@vestibule/core';

export interface RecognisedWord {
  /** Plain lower-case text: no digits, no punctuation. */
  text: string;
  /** Ms since the first sample of the stream. */
  startMs: number;
  endMs: number;
  /** True when the word is not expected to change any more; always true in a final. */
  stable: boolean;
  /** 0 to 1. */
  confidence: number;
}

/** What was heard in one segment (speech between pauses), so far (`partial`) or for good (`final`). */
export interface RecogniserResult {
  kind: 'partial' | 'final';
  /** Counts the segments of the stream that held words, from 0. Partials of a segment without a final did not last. */
  segment: number;
  startMs: number;
  /** Of a final: where speech ended, or later if the last word did. */
  endMs: number;
  words: RecognisedWord[];
}

/**
 * - `unavailable`: nothing listens on the socket, or it closed before the stream's end
 * - `bad-frame`, `bad-header`: this client and the sidecar do not agree (a bug)
 * - `unknown-language-model`: the request named one that the sidecar does not have
 * - `too-many-streams`: every stream of the sidecar is in use
 * - `did-not-start`: the process ended, or said nothing, before it listened
 */
export type RecogniserErrorCode =
  | 'unavailable'
  | 'bad-frame'
  | 'bad-header'
  | 'unknown-language-model'
  | 'too-many-streams'
  | 'did-not-start';

export type RecogniserError = CodedError<RecogniserErrorCode>;

export interface RecogniserOptions {
  /** Path of the sidecar's Unix socket. */
  socket: string;
  sampleRate: 8000 | 16000;
  /** Phrases that are likely to be said, as a custom vocabulary has them (`parseVocabulary`). */
  vocabulary?: string[];
  /** `intake` (what callers say, the default) or `prompts` (what agents say). */
  languageModel?: string;
  /** Silence that ends a segment, ms. Default 500. */
  endSilenceMs?: number;
  /** How often partials come while speech goes on, ms of audio. Default 150. */
  partialEveryMs?: number;
}

export interface RecogniserStream {
  /**
   * Sends signed 16-bit little-endian mono PCM, any number of bytes. False when more than a few seconds wait to be
   * sent; a sender that is faster than real time should then await `drained()`. Ignored after `end()` or `close()`.
   */
  push(pcm: Buffer): boolean;
  /** Resolves when all that was pushed is on its way, or the stream is over. */
  drained(): Promise<void>;
  /** No more audio: what is still open gets its final, then `results` ends. */
  end(): void;
  /** Ends when the sidecar is done; throws RecogniserError. One reader. */
  results: AsyncIterable<RecogniserResult>;
  /** Lets go of the stream at once; `results` ends. */
  close(): void;
}
