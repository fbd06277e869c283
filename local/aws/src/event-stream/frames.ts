import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import { CodedError } from '@vestibule/core';

export type Message = Parameters<EventStreamCodec['encode']>[0];
export type MessageHeaders = Message['headers'];

export const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** 16 bytes of prelude and checksums, and no frame of these services comes near the upper bound. */
const smallestFrame = 16;
const largestFrame = 1024 * 1024;

/**
 * Cuts a byte stream, in pieces of any size, into `application/vnd.amazon.eventstream` messages.
 * @throws CodedError `bad-frame` for an impossible length, a wrong checksum, or a stream that ends inside a frame.
 */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
    for (;;) {
      const length = frameLength(pending);
      if (length === undefined || pending.length < length) break;
      yield decodeFrame(pending.subarray(0, length));
      pending = pending.subarray(length);
    }
  }
  if (pending.length > 0) throw new CodedError('bad-frame', 'the stream ended inside a frame');
}

function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readUInt32BE(0);
  if (length < smallestFrame || length > largestFrame) {
    throw new CodedError('bad-frame', 'a frame of impossible length');
  }
  return length;
}

/** @throws CodedError `bad-frame` when a checksum or a header does not fit. */
export function decodeFrame(bytes: Uint8Array): Message {
  try {
    return codec.decode(bytes);
  } catch (error) {
    throw new CodedError('bad-frame', 'a frame whose checksum or headers do not fit', { cause: error });
  }
}

/** The text of a header, when it has one. */
export function headerText(headers: MessageHeaders, name: string): string | undefined {
  const header = headers[name];
  return header?.type === 'string' ? header.value : undefined;
}

export function jsonEvent(type: string, document: unknown): Uint8Array {
  return codec.encode({
    headers: {
      ':event-type': text(type),
      ':content-type': text('application/json'),
      ':message-type': text('event'),
    },
    body: fromUtf8(JSON.stringify(document)),
  });
}

export function bytesEvent(type: string, body: Uint8Array): Uint8Array {
  return codec.encode({
    headers: {
      ':event-type': text(type),
      ':content-type': text('application/octet-stream'),
      ':message-type': text('event'),
    },
    body,
  });
}

/** An exception event: the client raises it under `type`. */
export function exceptionEvent(type: string, document: unknown): Uint8Array {
  return codec.encode({
    headers: {
      ':exception-type': text(type),
      ':content-type': text('application/json'),
      ':message-type': text('exception'),
    },
    body: fromUtf8(JSON.stringify(document)),
  });
}

function text(value: string): { type: 'string'; value: string } {
  return { type: 'string', value };
}
