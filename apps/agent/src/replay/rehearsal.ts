import { parseJson } from '@vestibule/core';
import { isDeepStrictEqual } from 'node:util';
import { llm, voice } from '@livekit/agents';
import type { Config } from '@vestibule/config';
import type { ManualClock } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import {
  CallLog,
  type CallState,
  type Entry,
  foldCall,
  MemoryCallKeys,
  MemoryLogStore,
  modelLost,
  modelTried,
  type Payload,
  payloadOf,
} from '@vestibule/record';
import type { z } from 'zod';
import { callingOf } from '../call-back/calling.ts';
import { dayAt } from '../call/dependencies.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Outcome } from '../conversation/ending.ts';
import { spokenOf } from '../conversation/free-speech.ts';
import { openConversation } from '../conversation/open.ts';
import { createScript, type Script } from '../conversation/script.ts';
import { askAboutFlags } from '../meaning/meaning-look.ts';
import { flagsIn } from '../thinking/second-look.ts';
import { intakeTools } from '../tools/intake-tools.ts';
import { isDecision } from './decisions.ts';
import { Words } from './words.ts';

type ToolCalls = Payload<'output'>['toolCalls'];

export interface RehearsalOptions {
  config: Config;
  definition: Definition;
  clock: ManualClock;
  /** The record before this worker's first entry. */
  before: readonly Entry[];
  /** Its first entry: `call` or `take-over`. */
  first: Entry;
  /** What the model put out in answer to the prompt at that place in the record, where it is there. */
  outputAfter: (seq: number) => Payload<'output'> | undefined;
}

/** One worker's part in a recorded call, done again: its own code, on a log in memory, fed with what came in from outside. */
export class Rehearsal {
  readonly words = new Words();
  readonly #options: RehearsalOptions;
  readonly #log: CallLog;
  readonly #script: Script;
  readonly #atOpening: CallState;
  readonly #conversation: Conversation;
  readonly #tools: llm.ToolContext;
  #outcome: Outcome | undefined;
  #decisions = 0;
  #reply = '';
  #isTurn = false;

  private constructor(options: RehearsalOptions, log: CallLog) {
    const { config, definition, before, first } = options;
    this.#options = options;
    this.#log = log;
    const state = (this.#atOpening = foldCall(before));
    const call = state.call ?? payloadOf(first, 'call');
    const script = (this.#script = createScript(config, call));
    const { startedAt = first.header.at } = state;
    const { conversation } = openConversation({
      definition,
      log,
      state,
      script,
      today: dayAt(Date.parse(startedAt), config),
      beganAt: Date.parse(startedAt),
      calling: callingOf(config, call),
      alert: () => this.words.allow(script.alertFailed),
      onOver: (outcome, words) => {
        this.#outcome = outcome;
        this.words.disturb();
        this.words.expect(words);
      },
    });
    this.#conversation = conversation;
    // Said whenever a recogniser, a model or a tool takes long.
    this.words.allow(script.holding);
    this.#tools = new llm.ToolContext(intakeTools(definition, this.#conversation.actions));
  }

  static async begin(options: RehearsalOptions): Promise<Rehearsal> {
    const { clock, first } = options;
    const store = new MemoryLogStore(clock);
    const lease = await store.claim(first.header.callId, first.header.writer, Infinity);
    return new Rehearsal(options, await CallLog.open(store, lease!, new MemoryCallKeys(), clock));
  }

  /** How the conversation ended, once it has. */
  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** The next decision that was made, in order. */
  nextDecision(): Entry | undefined {
    return this.#log.entries.filter(isDecision)[this.#decisions++];
  }

  /** Does again what this entry made the worker do; what it decided itself is left to be compared. */
  async take(entry: Entry): Promise<void> {
    const { kind } = entry.header;
    switch (kind) {
      case 'call':
        return this.words.expect(`${this.#script.opening} ${this.#conversation.question}`);
      case 'take-over':
        return this.#takeOver();
      case 'earlier':
        return this.#conversation.offer(payloadOf(entry, kind)!);
      case 'partial':
        return this.#hear({ confidence: 1, ...payloadOf(entry, kind)! }, false);
      case 'final':
        return this.#hear(payloadOf(entry, kind)!, true);
      case 'provisional': {
        const { piiText: text, ...span } = payloadOf(entry, kind)!;
        return this.#conversation.onProvisional({ text, ...span });
      }
      case 'keys':
        return this.#keyed(payloadOf(entry, kind)!);
      case 'turn':
        return this.#turn(payloadOf(entry, kind)!);
      case 'prompt':
        return payloadOf(entry, kind)!.purpose ? undefined : this.#prompt(entry.header.seq);
      case 'tool-result':
        return this.#found(payloadOf(entry, kind)!);
      case 'output':
        return this.#output(payloadOf(entry, kind)!);
      case 'error':
        return this.#error(payloadOf(entry, kind)!);
      case 'hand-over':
        return this.#giveUp(payloadOf(entry, kind)!);
      case 'barge-in':
        return this.words.disturb();
      default:
    }
  }

  async #takeOver(): Promise<void> {
    this.words.allow(this.#script.apology);
    await this.#conversation.resume(this.#atOpening);
    this.words.expect(this.#conversation.takeScripts());
    if (this.#outcome === undefined) this.words.expect(this.#conversation.question);
  }

  async #hear({ piiText: text, ...rest }: Payload<'final'>, isFinal: boolean): Promise<void> {
    this.words.disturb();
    const heard = { text, ...rest };
    if (isFinal) this.#conversation.onFinal(heard);
    await this.#conversation.watch(heard, isFinal ? 'final' : 'partial');
    this.#alarmed();
  }

  /** A red flag's script is said at once, or begins the answer; then the question is put again where nothing else comes. */
  #alarmed(): void {
    this.words.expect(this.#conversation.takeScripts(), { isSolemn: true });
    this.words.allow(`${this.#script.opening} ${this.#conversation.question}`);
  }

  #found({ name, piiResult }: Payload<'tool-result'>): void {
    this.#conversation.onFound(name, String(piiResult));
  }

  async #keyed({ piiKeys: keys, startMs, endMs }: Payload<'keys'>): Promise<void> {
    this.words.disturb();
    this.words.expect((await this.#conversation.keyed({ keys, startMs, endMs })) ?? '');
  }

  /** As `IntakeAgent` does at the end of a turn: the engine's own words, or the model is asked. */
  async #turn({ by }: Payload<'turn'>): Promise<void> {
    if (by === 'silence') {
      this.words.disturb();
      return this.words.expect((await this.#conversation.silence()) ?? '');
    }
    const words = await this.#conversation.turn();
    this.words.expect(`${this.#conversation.takeScripts()} ${this.#conversation.takeLead()}`);
    this.words.expect(words ?? '');
    this.#isTurn = words === undefined;
  }

  #prompt(seq: number): void {
    // After tools of which not all are the questionnaire's the model speaks, and not the questionnaire.
    if (!this.#isTurn) this.words.withdraw(this.#reply);
    this.#isTurn = false;
    this.words.expect(this.#conversation.takeScripts());
    const output = this.#options.outputAfter(seq);
    if (!output) return this.words.expectAnything();
    const rules = this.#conversation.speechRules;
    const leadsOn = output.toolCalls.length > 0;
    const spoken = spokenOf(output.piiText, rules, leadsOn);
    // Where the framework wants no more tools, the question is put after all.
    if (leadsOn) this.words.allow(rules.question);
    // What was cut off may have been said as far as it came.
    if (output.cutOff === true) this.words.allow(spoken);
    else this.words.expect(spoken);
  }

  async #output({ toolCalls, cutOff, purpose, about }: Payload<'output'>): Promise<void> {
    if (purpose) return this.#secondLook(toolCalls, cutOff === true ? undefined : about);
    if (cutOff === true) return;
    await Promise.all(toolCalls.map((call) => this.#call(call)));
    this.words.expect(this.#conversation.takeScripts());
    this.#reply = this.#conversation.takeReply() ?? '';
    if (this.#outcome === undefined) this.words.expect(this.#reply);
    else this.words.allow(this.#reply);
  }

  async #secondLook(calls: ToolCalls, about: Payload<'output'>['about']): Promise<void> {
    const named = calls.map(({ name, piiArguments: args }) => ({ name, args }));
    const asked = flagsIn(named, askAboutFlags);
    const ids = asked ?? flagsIn(named);
    if (!ids || !about) return;
    const { piiWords: text, startMs, endMs } = about;
    await this.#conversation.report(ids, { text, startMs, endMs }, asked !== undefined);
    this.#alarmed();
  }

  /** As the framework does: arguments that do not fit never reach a tool. The MCP server's tools are none of the conversation's. */
  async #call({ name, piiArguments }: ToolCalls[number]): Promise<void> {
    const tool = this.#tools.functionTools[name];
    const parsed = (tool?.parameters as z.ZodType | undefined)?.safeParse(parseJson(piiArguments || '{}'));
    if (!tool || !parsed?.success) return;
    try {
      await tool.execute(parsed.data, undefined as never);
    } catch (error) {
      if (!(error instanceof voice.StopResponse)) throw error;
    }
  }

  async #error(error: Payload<'error'>): Promise<void> {
    if (isDeepStrictEqual(error, modelTried)) return this.#conversation.tryModelAgain();
    if (isDeepStrictEqual(error, modelLost)) return this.#loseModel();
    this.words.disturb();
    this.words.allow(this.#script.trouble);
    this.words.allow(this.#conversation.question);
  }

  async #loseModel(): Promise<void> {
    const words = await this.#conversation.loseModel();
    this.words.expect(this.#conversation.takeScripts());
    this.words.expect(words ?? '');
  }

  /** That a part of ours failed for good is reported from outside; giving up for it is the conversation's. */
  async #giveUp({ reason }: Payload<'hand-over'>): Promise<void> {
    if (reason === 'no-model' || reason === 'no-hearing') await this.#conversation.giveUp(reason);
  }
}
