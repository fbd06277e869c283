import { describeError, type Logger } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import type { CallLog, CallState } from '@vestibule/record';
import type { voice } from '@livekit/agents';
import type { Conversation } from '../conversation/conversation.ts';
import type { Script } from '../conversation/script.ts';
import type { Models } from '../speech/models.ts';
import { isWithPerson } from '../transfer/need.ts';
import { called } from './call-end.ts';
import type { CallFacts } from './caller.ts';
import type { CallDependencies } from './dependencies.ts';
import { findEarlierCall } from './earlier-call.ts';
import type { VoiceLine } from './voice-line.ts';

export interface GreetingOptions {
  d: CallDependencies;
  facts: CallFacts;
  log: CallLog;
  definition: Definition;
  models: Models;
  logger: Logger;
  line: VoiceLine;
  conversation: Conversation;
  script: Script;
  /** As the log had it when this worker began. */
  state: CallState;
  /** Why the log goes on with this worker. */
  reason: string;
  say: (words: string, isSolemn?: boolean) => voice.SpeechHandle;
}

/** How a worker begins its part of a call: with the disclosures, or where the worker before left off. */
export class Greeting {
  readonly #options: GreetingOptions;
  /** The disclosures were said to their end. */
  #isOpened: boolean;

  constructor(options: GreetingOptions) {
    this.#options = options;
    this.#isOpened = this.#resumed;
  }

  /** The question that stands; before the disclosures were heard, with them. */
  get question(): string {
    const { conversation, script } = this.#options;
    return this.#isOpened ? conversation.question : `${script.opening} ${conversation.question}`;
  }

  get #resumed(): boolean {
    return this.#options.state.call !== undefined && !this.#isCalled;
  }

  /** A call-back that begins: its log says what it goes on from. */
  get #isCalled(): boolean {
    return this.#options.reason === called;
  }

  async firstEntry(): Promise<void> {
    const { d, definition, facts, log, models, reason } = this.#options;
    if (this.#resumed) {
      await log.append('take-over', { from: log.entries.at(-1)?.header.writer ?? '', reason });
      return;
    }
    const { url, version, id } = definition;
    if (this.#isCalled) return;
    const { dialled, room, caller, edge } = facts;
    await log.append('call', {
      tenant: d.config.tenant,
      room,
      dialled,
      ...(caller === undefined ? {} : { piiCaller: caller }),
      edge,
      questionnaire: { id, url, version },
      models: models.names,
    });
  }

  async greet(): Promise<void> {
    const { conversation, log, reason, say, state } = this.#options;
    if (!this.#resumed) {
      const opening = say(this.question, true);
      await opening.waitForPlayout();
      this.#isOpened ||= !opening.interrupted;
      return;
    }
    // A silence that the caller has hardly noticed needs no word.
    if (reason === 'lease ended' && !isWithPerson(log.entries)) await this.#apologise();
    await conversation.resume(state);
    if (conversation.isOver) return;
    await say(`${conversation.takeScripts()} ${this.question}`.trim()).waitForPlayout();
  }

  /** Nobody waits for it: the consent question takes its time, and who finds nothing begins anew. */
  async offerEarlier(): Promise<void> {
    const { conversation, d, definition, facts, log, logger } = this.#options;
    if (this.#resumed || this.#isCalled) return;
    try {
      const earlier = await findEarlierCall(d, facts, definition);
      if (!earlier) return;
      await log.append('earlier', earlier);
      conversation.offer(earlier);
    } catch (error) {
      logger.warn('earlier call not found out', describeError(error));
    }
  }

  async #apologise(): Promise<void> {
    const { d, line, log, say, script } = this.#options;
    const { apology } = d.prepared;
    if (!apology) return void say(script.apology);
    await log.append('said', { piiText: apology.words, source: 'script' });
    line.sayPrepared(apology);
  }
}
