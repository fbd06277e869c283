/**
 * Limits how long a service may be silent: the AWS SDKs wait for ever for a service that has accepted a request and
 * then says nothing. It is silence that is measured, not the whole answer: each wait begins anew, and the time that
 * the reader takes between two pieces does not count.
 */
export class Patience {
  readonly #limitMs: number;
  readonly #lost = new AbortController();
  /** For the request: aborted when the caller gives up, and when the service was silent for too long. */
  readonly signal: AbortSignal;

  constructor(limitMs: number, caller: AbortSignal) {
    this.#limitMs = limitMs;
    this.signal = AbortSignal.any([caller, this.#lost.signal]);
  }

  /** @throws DOMException `TimeoutError` after the limit; the request is aborted then, whatever it still does. */
  async wait<T>(answer: Promise<T>, limitMs = this.#limitMs): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const error = new DOMException(`silent for ${limitMs} ms`, 'TimeoutError');
      // First the rejection: the abort has one of its own, which would hide why.
      late.reject(error);
      this.#lost.abort(error);
    }, limitMs);
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * The pieces of a stream, if there is one, each within the limit. `enoughAfter`: once the reader has all that it needs, how long what may still come
   * is waited for, ms; the stream ends then. @throws DOMException `TimeoutError`
   */
  async *each<T>(
    stream: AsyncIterable<T> | undefined,
    enoughAfter: () => number | undefined = () => undefined,
  ): AsyncGenerator<T, void, undefined> {
    if (!stream) return;
    const iterator = stream[Symbol.asyncIterator]();
    for (;;) {
      const enough = enoughAfter();
      const next = this.wait(iterator.next(), enough);
      const step = await (enough === undefined ? next : next.catch(() => undefined));
      if (step === undefined || step.done === true) return;
      yield step.value;
    }
  }
}
