import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';

/** No answer that a call needs is longer; what comes after is cut, and the answer with it. */
export const largestAnswerBytes = 512 * 1024;

/**
 * Fetch for a server that nobody vouches for: it is followed nowhere, and an answer ends in time and within a size. The stream that
 * a client may open for a server's own messages is not opened: nothing here listens to any.
 */
export function boundedFetch(timeoutMs: number, mostBytes = largestAnswerBytes): FetchLike {
  return async (url, init) => {
    if ((init?.method ?? 'GET') === 'GET') return new Response(null, { status: 405 });
    const timeUp = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeUp]) : timeUp;
    const response = await fetch(url, { ...init, redirect: 'error', signal });
    const { status, headers } = response;
    return new Response(response.body?.pipeThrough(limited(mostBytes)) ?? null, { status, headers });
  };
}

function limited(most: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(piece, controller) {
      size += piece.length;
      if (size > most) controller.error(new RangeError('the answer is too long'));
      else controller.enqueue(piece);
    },
  });
}
