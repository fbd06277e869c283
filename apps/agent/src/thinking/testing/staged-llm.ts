import { APIConnectionError, APIStatusError, llm } from '@livekit/agents';
import { RefusalError } from '@vestibule/agents-plugin-aws';
import type { Clock } from '@vestibule/core';

/** What a model does when it is asked: a pause, words, a tool call, a failure. In order; then its answer ends. */
export type Act = { waitMs: number } | { says: string } | { calls: string; args: string } | { fails: Error };

export const throttled = new APIStatusError({ message: 'm', options: { statusCode: 429 } });
export const broken = new APIConnectionError({ message: 'm' });
export const refused = new RefusalError('m', 'guardrail_intervened');

/** A model whose answers are staged: one list of acts a request, the last one for all that follow. */
export class StagedLlm extends llm.LLM {
  /** How often it was asked. */
  asked = 0;
  readonly #clock: Clock;
  readonly #answers: readonly (readonly Act[])[];

  constructor(clock: Clock, ...answers: (readonly Act[])[]) {
    super();
    this.#clock = clock;
    this.#answers = answers;
    this.on('error', () => {});
  }

  label(): string {
    return 'staged';
  }

  chat(request: Parameters<llm.LLM['chat']>[0]): llm.LLMStream {
    const acts = this.#answers[Math.min(this.asked, this.#answers.length - 1)] ?? [];
    this.asked += 1;
    return new StagedStream(this, request, acts, this.#clock);
  }
}

class StagedStream extends llm.LLMStream {
  readonly #acts: readonly Act[];
  readonly #clock: Clock;

  constructor(parent: llm.LLM, request: Parameters<llm.LLM['chat']>[0], acts: readonly Act[], clock: Clock) {
    super(parent, { ...request, connOptions: { maxRetry: 0, retryIntervalMs: 1, timeoutMs: 30_000 } });
    this.#acts = acts;
    this.#clock = clock;
  }

  protected async run(): Promise<void> {
    for (const act of this.#acts) {
      if (this.abortController.signal.aborted) return;
      if ('waitMs' in act) await this.#clock.sleep(act.waitMs, this.abortController.signal);
      else if ('fails' in act) throw act.fails;
      else this.#put('says' in act ? { content: act.says } : { toolCalls: [call(act.calls, act.args)] });
    }
  }

  #put(delta: Omit<llm.ChoiceDelta, 'role'>): void {
    if (!this.queue.closed) this.queue.put({ id: 'a', delta: { role: 'assistant', ...delta } });
  }
}

const call = (name: string, args: string) => llm.FunctionCall.create({ callId: `c-${name}`, name, args });
