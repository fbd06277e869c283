import { llm } from '@livekit/agents';
import { type Clock, type Logger, parseJson } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import { z } from 'zod';
import type { PromptLog } from '../call/prompt-log.ts';
import { redFlagList, redFlagRules, redFlagWords } from '../conversation/red-flag-prompt.ts';
import type { Heard } from '../speech/hearing.ts';
import { attempt, type NamedModel } from './attempt.ts';
import { AttemptFailure } from './failure.ts';

export interface SecondLookOptions {
  model: NamedModel;
  definition: Definition;
  /** Of its own: with the purpose `red-flags`. */
  prompts: PromptLog;
  clock: Clock;
  logger: Logger;
  /** Ids that the questionnaire has; the words in which they were found. */
  onFlags: (ids: readonly string[], heard: Heard) => Promise<void>;
}

const name = 'report_red_flags';
/** Nobody waits for it, but a red flag that is found later is found too late. */
const limits = { firstMs: 4000, gapMs: 2000, wholeMs: 6000 };

/** Arguments as a model writes them; ids that there are not are passed over, and keep none that there is from being heard. */
const foundSchema = z.object({ ids: z.array(z.string()).max(50) });

/** What looks for red flags in what is heard, beside the turn. */
export interface Look {
  look(heard: Heard): void;
  close(): void;
}

/**
 * A second, small model that looks for red flags in what was heard, beside the turn and never in its way. One request at a time; what is heard
 * meanwhile waits, and the latest words win. Its failures are logged and stop nothing.
 */
export class SecondLook implements Look {
  readonly #options: SecondLookOptions;
  readonly #tools: llm.ToolContext;
  readonly #stop = new AbortController();
  #next: Heard | undefined;
  #isLooking = false;

  constructor(options: SecondLookOptions) {
    this.#options = options;
    const ids = options.definition.redFlags.map(({ id }) => id) as [string, ...string[]];
    const tool = llm.tool({
      name,
      description: 'Reports the red flags in what the caller said; an empty list when there is none.',
      parameters: z.object({ ids: z.array(z.enum(ids)) }),
      execute: async () => '',
    });
    this.#tools = new llm.ToolContext([tool]);
  }

  look(heard: Heard): void {
    this.#next = heard;
    if (!this.#isLooking) void this.#work();
  }

  close(): void {
    this.#stop.abort();
  }

  async #work(): Promise<void> {
    this.#isLooking = true;
    try {
      while (this.#next && !this.#stop.signal.aborted) {
        const heard = this.#next;
        this.#next = undefined;
        await this.#ask(heard);
      }
    } catch {
      // The log refused an entry: the call leaves for another reason then.
    } finally {
      this.#isLooking = false;
    }
  }

  async #ask(heard: Heard): Promise<void> {
    const { model, definition, prompts, clock, logger, onFlags } = this.#options;
    const system = [redFlagRules, redFlagList(definition)];
    const words = llm.ChatMessage.create({ role: 'user', content: redFlagWords(heard.text), createdAt: 0 });
    const said = new llm.ChatContext([words]);
    const context = new llm.ChatContext([
      ...system.map((content) => llm.ChatMessage.create({ role: 'system', content, createdAt: 0 })),
      words,
    ]);
    const choice = { type: 'function' as const, function: { name } };
    await prompts.sent(model, { system, context: said, tools: this.#tools, choice });
    const { text: piiWords, startMs, endMs } = heard;
    const output = prompts.output(model.name, { piiWords, startMs, endMs });
    try {
      const request = { context, tools: this.#tools, choice };
      const { signal } = this.#stop;
      for await (const chunk of attempt(model, request, { clock, signal, ...limits })) output.add(chunk);
      const ids = flagsIn(output.calls);
      if (!ids) throw new AttemptFailure(output.calls.length === 0 ? 'empty' : 'nonsense');
      await output.write();
      await onFlags(ids, heard);
    } catch (error) {
      if (!(error instanceof AttemptFailure)) throw error;
      logger.warn('red flags not looked for', { model: model.name, code: error.code });
      await output.write(error.code);
    }
  }
}

/** The ids that calls of that name name; undefined when there is no call that says any, or none. */
export function flagsIn(
  calls: readonly { name: string; args: string }[],
  named: string = name,
): string[] | undefined {
  const found = calls
    .filter((call) => call.name === named)
    .map(({ args }) => foundSchema.safeParse(parseJson(args)).data?.ids);
  return found.length === 0 || found.includes(undefined) ? undefined : found.flatMap((ids) => ids ?? []);
}
