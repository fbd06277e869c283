import assert from 'node:assert/strict';
import { initializeLogger, llm, voice } from '@livekit/agents';
import type { Config } from '@vestibule/config';
import { jsonLogger, systemClock } from '@vestibule/core';
import { type Definition, questionnaireResponse } from '@vestibule/questionnaire';
import {
  CallLog,
  type Entry,
  foldCall,
  type LogStore,
  MemoryCallKeys,
  MemoryLogStore,
} from '@vestibule/record';
import { z } from 'zod';
import { dayAt } from '../../call/dependencies.ts';
import { IntakeAgent } from '../../call/intake-agent.ts';
import { PromptLog } from '../../call/prompt-log.ts';
import { recordSpeech } from '../../call/spoken.ts';
import type { Conversation, Outcome } from '../../conversation/conversation.ts';
import type { Intake } from '../../conversation/intake.ts';
import { openConversation } from '../../conversation/open.ts';
import { createScript } from '../../conversation/script.ts';
import { CallerSilence } from '../../speech/caller-silence.ts';
import type { NamedModel } from '../../thinking/attempt.ts';
import { askAboutFlags } from '../../meaning/meaning-look.ts';
import { NoLlm } from '../../thinking/no-llm.ts';
import { Standing } from '../../thinking/standing.ts';
import { Thinking } from '../../thinking/thinking.ts';
import { intakeTools } from '../../tools/intake-tools.ts';
import { Loudspeaker, ScriptedLlm, SilentTts } from './silent-voice.ts';

initializeLogger({ pretty: false, level: 'silent' });

type Tool = [name: string, args: object];
const heard = (text: string) => ({ text, startMs: 10, endMs: 20, confidence: 0.9 });
const lookUpName = 'search_knowledge';

/**
 * A call through the framework and the agent's own parts, on a log in memory: what the caller says and the model answers is given, no
 * telephone, recogniser or voice is needed. It wires the parts as `call/call.ts` does.
 */
export class RecordedCall {
  readonly #config: Config;
  readonly #definition: Definition;
  readonly #store: LogStore;
  readonly #keys: MemoryCallKeys;
  #worker = 0;
  #before: readonly Entry[] = [];
  #log!: CallLog;
  readonly #model = new ScriptedLlm();
  readonly #models: readonly NamedModel[];
  readonly #firstTokenMs: number;
  readonly #standing = new Standing(systemClock);
  readonly #onAlarms: Promise<unknown>[] = [];
  #session!: voice.AgentSession;
  #conversation!: Conversation;
  #intake!: Intake;
  #over: Promise<Outcome> = Promise.resolve('partial');

  private constructor(
    config: Config,
    definition: Definition,
    models: readonly NamedModel[] | undefined,
    firstTokenMs: number,
  ) {
    this.#firstTokenMs = firstTokenMs;
    this.#config = config;
    this.#definition = definition;
    this.#store = new MemoryLogStore();
    this.#keys = new MemoryCallKeys();
    this.#model.on('error', () => {});
    this.#models = models ?? [{ name: 'scripted', llm: this.#model }];
  }

  /** `models`: real ones, in place of the one that says what it is told to. */
  static async begin(
    config: Config,
    definition: Definition,
    models?: readonly NamedModel[],
    firstTokenMs = 2000,
  ): Promise<RecordedCall> {
    const call = new RecordedCall(config, definition, models, firstTokenMs);
    await call.#join();
    return call;
  }

  /** The question that stands. */
  get question(): string {
    return this.#conversation.question;
  }

  get isOver(): boolean {
    return this.#conversation.isOver;
  }

  /** The answers so far. */
  get response() {
    return questionnaireResponse(this.#definition, this.#intake.state, {
      authored: '2026-11-28T12:00:00Z',
      ended: true,
    });
  }

  get entries(): readonly Entry[] {
    return this.#log.entries;
  }

  /** The caller speaks; the model, where it is asked, answers with `text` and calls tools. */
  async says(words: string, text: string, ...tools: Tool[]): Promise<void> {
    this.#model.willAnswer(text, ...tools);
    await this.asks(words);
    this.#model.forget();
  }

  /** The model looks something up and then answers with `text`. */
  looksUp(words: string, text: string): Promise<void> {
    return this.stumbles(words, text, '', [lookUpName, { query: words }]);
  }

  /** The model answers, is told what came of its tools, and answers with `then`. */
  async stumbles(words: string, then: string, text: string, ...tools: Tool[]): Promise<void> {
    this.#model.willAnswer(text, ...tools);
    this.#model.willAnswer(then);
    await this.asks(words);
  }

  /** The caller speaks, and no model is asked. */
  async asks(words: string): Promise<void> {
    const { text: piiText, ...rest } = heard(words);
    const { confidence: _, ...span } = rest;
    void this.#log.append('partial', { piiText, ...span });
    await this.#conversation.watch(heard(words), 'partial');
    await Promise.all(this.#onAlarms.splice(0));
    await this.#final(words);
  }

  /** The caller's turn is taken to be over after interim words; then their final comes. The model is not asked. */
  async trails(interim: string, final: string): Promise<void> {
    const { confidence, ...span } = heard(interim);
    const { text: piiText, ...times } = span;
    assert.ok(this.#conversation.foresee({ ...span, confidence })?.isCertain, interim);
    void this.#log.append('provisional', { piiText, ...times });
    this.#conversation.onProvisional(span);
    await this.#session.run({ userInput: interim }).wait();
    await this.#final(final);
  }

  async #final(words: string): Promise<void> {
    const { text: piiText, ...rest } = heard(words);
    void this.#log.append('final', { piiText, ...rest });
    const isNew = this.#conversation.onFinal(heard(words));
    void this.#conversation.watch(heard(words), 'final');
    if (isNew) await this.#session.run({ userInput: words }).wait();
  }

  /** A red flag's script is said at once. */
  #alarm(): void {
    this.#onAlarms.push(this.#say(this.#conversation.takeScripts()));
  }

  /** The encoder takes what was said for these flags; the caller is asked about the first. */
  async means(words: string, ...ids: string[]): Promise<void> {
    const { text: piiWords, startMs, endMs } = heard(words);
    await this.#log.append('output', {
      ...{ model: 'local:encoder', purpose: 'red-flags', about: { piiWords, startMs, endMs } },
      ...{ piiText: '', durationMs: 1 },
      toolCalls: [{ id: 'meaning', name: askAboutFlags, piiArguments: JSON.stringify({ ids }) }],
    });
    await this.#conversation.report(ids, heard(words), true);
    await this.#say(this.#conversation.takeFlagQuestion());
  }

  async keys(keys: string): Promise<void> {
    await this.#log.append('keys', { piiKeys: keys, startMs: 1, endMs: 2 });
    await this.#say(await this.#conversation.keyed({ keys, startMs: 1, endMs: 2 }));
  }

  async silence(): Promise<void> {
    await this.#say(await this.#conversation.silence());
  }

  /** A tool found this for the model. */
  async finds(name: string, piiResult: string): Promise<void> {
    const id = `${name}-${this.entries.length}`;
    await this.#log.append('tool-result', { id, name, key: id, piiResult, failed: false, durationMs: 1 });
    this.#conversation.onFound(name, piiResult);
  }

  /** An earlier call of this caller was found. */
  async offers(inputs: readonly unknown[]): Promise<void> {
    const earlier = { callId: 'earlier', piiInputs: [...inputs] };
    await this.#log.append('earlier', earlier);
    this.#conversation.offer(earlier);
  }

  async modelBreaksDown(): Promise<void> {
    for (const { name } of this.#models) this.#standing.failed(name);
    await this.#say(await this.#conversation.loseModel());
  }

  /** Another worker goes on from the log. */
  async takeOver(): Promise<void> {
    await this.#session.close();
    await this.#join();
  }

  /** The call ends as the conversation does. */
  async end(): Promise<readonly Entry[]> {
    const outcome = await this.#over;
    await this.#session.close();
    await this.#log.append('hang-up', { by: 'agent' });
    await this.#log.append('end', { outcome, by: 'agent', durationMs: 1 });
    return this.entries;
  }

  async #join(): Promise<void> {
    const worker = `w${(this.#worker += 1)}`;
    const callId = 'call';
    const holder = await this.#store.holder(callId);
    if (holder !== undefined) await this.#store.release({ callId, worker: holder, fence: this.#worker - 1 });
    const lease = await this.#store.claim(callId, worker, 600_000);
    this.#log = await CallLog.open(this.#store, lease!, this.#keys);
    const script = createScript(this.#config);
    this.#before = [...this.#log.entries];
    const isResumed = this.#before.length > 0;
    if (isResumed) await this.#log.append('take-over', { from: holder ?? '', reason: 'lease ended' });
    else await this.#log.append('call', this.#facts());
    await this.#start(script);
    if (!isResumed) return this.#say(`${script.opening} ${this.#conversation.question}`);
    await this.#say(script.apology);
    await this.#conversation.resume(foldCall(this.#before));
    const words = `${this.#conversation.takeScripts()} ${this.#conversation.question}`.trim();
    if (!this.#conversation.isOver) await this.#say(words);
  }

  async #start(script: ReturnType<typeof createScript>): Promise<void> {
    const log = this.#log;
    const over = Promise.withResolvers<Outcome>();
    this.#over = over.promise;
    const { conversation, intake } = openConversation({
      definition: this.#definition,
      log,
      state: foldCall(this.#before),
      script,
      today: dayAt(systemClock.now(), this.#config),
      alert: () => undefined,
      onOver: (outcome, words) => void this.#say(words).then(() => over.resolve(outcome)),
      onAlarm: (lane, isOver) => void (lane === 'partial' && !isOver && this.#alarm()),
    });
    this.#conversation = conversation;
    this.#intake = intake;
    this.#session = new voice.AgentSession({ llm: new NoLlm(), tts: new SilentTts(), vad: null });
    this.#session.output.audio = new Loudspeaker();
    recordSpeech(
      this.#session,
      log,
      () => 0,
      (error) => over.reject(error),
    );
    await this.#session.start({ agent: this.#agent(script) });
  }

  #agent(script: ReturnType<typeof createScript>): IntakeAgent {
    const unasked = { onPartial: () => undefined, onFinal: () => true, takesInterim: () => false };
    const lookUp = llm.tool({
      name: lookUpName,
      description: 'Looks something up.',
      parameters: z.object({ query: z.string() }),
      execute: async () => ({ found: 'Until six.', then_ask: this.#conversation.question }),
    });
    return new IntakeAgent({
      config: this.#config,
      clock: systemClock,
      conversation: this.#conversation,
      script,
      log: this.#log,
      thinking: new Thinking({
        models: this.#models,
        standing: this.#standing,
        prompts: new PromptLog(this.#log, () => 0),
        clock: systemClock,
        logger: jsonLogger('test', { level: 'error' }),
        firstTokenMs: this.#firstTokenMs,
      }),
      quietFor: () => 0,
      onUrgent: () => undefined,
      tools: [...intakeTools(this.#definition, this.#conversation.actions), lookUp],
      hearing: unasked,
      silence: new CallerSilence(),
      callTime: () => 0,
      onScript: () => undefined,
      isScript: () => true,
    });
  }

  async #say(words: string | undefined): Promise<void> {
    if (words !== undefined) await this.#session.say(words).waitForPlayout();
  }

  #facts() {
    const { id, url, version } = this.#definition;
    return {
      tenant: 'lakeside',
      room: 'room',
      dialled: '+15550100100',
      piiCaller: '+15550100123',
      edge: { decision: 'd', attestation: 'A', verified: true },
      questionnaire: { id, url, version },
      models: { stt: 's', llm: 'scripted', tts: 'silent' },
    };
  }
}
