import { connect, type Socket } from 'node:net';
import { CodedError } from '@vestibule/core';
import { encodeFrame, LineDecoder, type SidecarMessage } from './frames.ts';
import type { RecogniserErrorCode, RecogniserOptions, RecogniserResult, RecogniserStream } from './types.ts';

/** The sidecar takes frames up to 1 MiB. */
const MAX_AUDIO_BYTES = 512 * 1024;

/** Opens a stream; failures to connect come out of `results`. */
export function openRecogniser(options: RecogniserOptions): RecogniserStream {
  return new SocketStream(options);
}

class SocketStream implements RecogniserStream {
  readonly results: AsyncIterable<RecogniserResult>;
  readonly #socket: Socket;
  readonly #queue: RecogniserResult[] = [];
  readonly #lines = new LineDecoder();
  #wake: (() => void) | undefined;
  #over = false;
  #ended = false;
  #error: CodedError<RecogniserErrorCode> | undefined;

  constructor({ socket, ...header }: RecogniserOptions) {
    this.#socket = connect({ path: socket });
    this.#socket.setEncoding('utf8');
    this.#socket.write(encodeFrame('H', JSON.stringify(header)));
    this.#socket.on('data', (chunk: string) => this.#receive(chunk));
    this.#socket.on('error', (cause) => this.#fail('unavailable', 'the recogniser is not there', cause));
    this.#socket.on('close', () => this.#fail('unavailable', 'the recogniser closed the stream'));
    this.results = { [Symbol.asyncIterator]: () => this.#read() };
  }

  push(pcm: Buffer): boolean {
    if (this.#ended || this.#over) return true;
    let room = true;
    for (let at = 0; at < pcm.length; at += MAX_AUDIO_BYTES)
      room = this.#socket.write(encodeFrame('A', pcm.subarray(at, at + MAX_AUDIO_BYTES)));
    return room;
  }

  drained(): Promise<void> {
    if (this.#over || !this.#socket.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#socket.off('drain', done).off('close', done);
        resolve();
      };
      this.#socket.on('drain', done).on('close', done);
    });
  }

  end(): void {
    if (this.#ended || this.#over) return;
    this.#ended = true;
    this.#socket.write(encodeFrame('E'));
  }

  close(): void {
    this.#finish();
    this.#socket.destroy();
  }

  #receive(chunk: string): void {
    try {
      for (const message of this.#lines.decode(chunk)) this.#take(message);
    } catch (cause) {
      this.#fail('bad-frame', 'the recogniser sent what is not a result', cause);
    }
  }

  #take(message: SidecarMessage): void {
    if (message.kind === 'error') this.#fail(message.code as RecogniserErrorCode, message.message);
    else if (message.kind === 'end') this.close();
    else if (message.kind === 'partial' || message.kind === 'final') {
      this.#queue.push(message);
      this.#wake?.();
    }
  }

  #fail(code: RecogniserErrorCode, message: string, cause?: unknown): void {
    if (this.#over) return;
    this.#error = new CodedError(code, message, { cause });
    this.close();
  }

  #finish(): void {
    this.#over = true;
    this.#wake?.();
  }

  async *#read(): AsyncGenerator<RecogniserResult, void> {
    try {
      for (;;) {
        const next = this.#queue.shift();
        if (next) yield next;
        else if (this.#over) break;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      if (this.#error) throw this.#error;
    } finally {
      this.close();
    }
  }
}
