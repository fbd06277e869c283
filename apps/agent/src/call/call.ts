import type { llm } from '@livekit/agents';
import { describeError, type Logger, newId } from '@vestibule/core';
import type { Definition } from '@vestibule/questionnaire';
import { type CallLog, type CallState, drained, foldCall } from '@vestibule/record';
import type { Conversation, Outcome } from '../conversation/conversation.ts';
import type { Intake } from '../conversation/intake.ts';
import { openConversation } from '../conversation/open.ts';
import { createScript, type Script } from '../conversation/script.ts';
import type { Heard } from '../speech/hearing.ts';
import type { CallOutcome } from '../desk/desk.ts';
import type { Tenure } from '../desk/tenure.ts';
import type { Models } from '../speech/models.ts';
import { intakeTools } from '../tools/intake-tools.ts';
import { ToolLine } from '../tools/tool-line.ts';
import { agentToken } from './agent-token.ts';
import { Alerts } from './alerts.ts';
import type { CallFacts } from './caller.ts';
import { type CallDependencies, dayAt } from './dependencies.ts';
import { findEarlierCall } from './earlier-call.ts';
import { HandOver, wasHandedOver } from './hand-over.ts';
import { agentPrefix, hangUp, removeOtherAgents, removePresentAgents } from './hang-up.ts';
import { IntakeAgent } from './intake-agent.ts';
import type { Keyed } from './keypad.ts';
import { modelTools } from './model-tools.ts';
import { PromptLog } from './prompt-log.ts';
import { sealWithRetries } from './sealing.ts';
import { recordSpeech } from './spoken.ts';
import { VoiceLine } from './voice-line.ts';

/** The last words still cross the SFU and the SIP side's jitter buffer when their last frame has been handed over. */
const lingerMs = 500;
/** So many turns in a row may fail for want of a model. */
const modelFailures = 3;

type EndedBy = 'agent' | 'caller' | 'fault';
interface End {
  outcome: Outcome;
  by: EndedBy;
}

/** How a worker's part in a call came to its end: see `CallOutcome`; when the lease or the room was lost, it may get it back. */
export type CallEnd = CallOutcome | 'lease-lost' | 'room-lost';

/** `regained`: by the same worker, at once. */
export type TakeOverReason = 'lease ended' | 'regained' | typeof drained;

/** One worker's part in a call, from joining the room to leaving it. */
export class Call {
  readonly #d: CallDependencies;
  readonly #facts: CallFacts;
  readonly #tenure: Tenure;
  readonly #log: CallLog;
  readonly #logger: Logger;
  readonly #definition: Definition;
  readonly #models: Models;
  readonly #script: Script;
  readonly #intake: Intake;
  readonly #conversation: Conversation;
  readonly #alerts: Alerts;
  readonly #tools: ToolLine;
  readonly #line: VoiceLine;
  /** As the log has it when this worker begins. */
  readonly #atOpening: CallState;
  /** Why the log goes on with this worker. */
  readonly #reason: TakeOverReason;
  readonly #beganAt: number;
  readonly #scripted: string[] = [];
  readonly #over = Promise.withResolvers<End | Exclude<CallEnd, 'sealed' | 'open'>>();
  readonly #handOver: HandOver;
  #ended: End | undefined;
  #isLeft = false;
  #failures = 0;

  private constructor(
    d: CallDependencies,
    tenure: Tenure,
    facts: CallFacts,
    log: CallLog,
    definition: Definition,
    models: Models,
    reason: TakeOverReason,
  ) {
    this.#d = d;
    this.#tenure = tenure;
    this.#facts = facts;
    this.#log = log;
    this.#definition = definition;
    this.#models = models;
    const { clock } = d;
    const logger = (this.#logger = d.logger.with({ callId: facts.callId }));
    const script = (this.#script = createScript(d.config));
    const state = (this.#atOpening = foldCall(log.entries));
    this.#reason = wasHandedOver(log.entries) ? drained : reason;
    this.#handOver = new HandOver(clock, () => void this.#leaveToAnother());
    this.#beganAt = state.startedAt === undefined ? clock.now() : Date.parse(state.startedAt);
    this.#tools = new ToolLine(d.connectTools(facts, log), clock, logger);
    const tools = () => this.#tools.tools();
    const onDelayed = () => this.#conversation.addScript(script.alertFailed);
    this.#alerts = new Alerts({ tools, log, facts, clock, logger, onDelayed });
    const { intake, conversation } = openConversation({
      definition,
      log,
      state,
      script,
      today: dayAt(this.#beganAt, d.config),
      alert: (alert) => this.#alerts.raise(alert),
      onOver: (outcome, words) => void this.#farewell(outcome, words),
    });
    this.#intake = intake;
    this.#conversation = conversation;
    this.#line = this.#createLine();
    if (this.#resumed) this.#alerts.resume(state);
  }

  static async open(
    d: CallDependencies,
    tenure: Tenure,
    facts: CallFacts,
    log: CallLog,
    reason: TakeOverReason,
  ): Promise<Call> {
    const [definition, models] = await Promise.all([d.definitionFor(facts.dialled), d.models()]);
    return new Call(d, tenure, facts, log, definition, models, reason);
  }

  get #resumed(): boolean {
    return this.#atOpening.call !== undefined;
  }

  async run(): Promise<CallEnd> {
    const { live } = this.#d;
    live.add(this.#log, this.#facts.edge.decision);
    void this.#tenure.lost.then(() => this.#leave('lease-lost'));
    void this.#tenure.handOverAsked.then(() => this.#handOver.begin());
    try {
      // Joining is not heard by anybody: it need not wait for the entry.
      await Promise.all([this.#firstEntry(), this.#join()]);
      if (!this.#resumed) void this.#offerEarlier();
      await this.#start();
      await this.#greet();
    } catch (error) {
      this.#logger.error('call not taken', { ...describeError(error) });
      // LiveKit Server may not be ready again: a caller who is still there is worth another attempt.
      if (this.#resumed) void this.#leave('room-lost');
      else this.#end('partial', 'fault');
    }
    const end = await this.#over.promise;
    return (typeof end === 'string' ? Promise.resolve(end) : this.#finish(end)).finally(() =>
      live.remove(this.#log),
    );
  }

  async #firstEntry(): Promise<void> {
    const { url, version, id } = this.#definition;
    const { dialled, room, caller, edge } = this.#facts;
    if (this.#resumed) {
      const last = this.#log.entries.at(-1);
      await this.#log.append('take-over', { from: last?.header.writer ?? '', reason: this.#reason });
      return;
    }
    await this.#log.append('call', {
      tenant: this.#d.config.tenant,
      room,
      dialled,
      ...(caller === undefined ? {} : { piiCaller: caller }),
      edge,
      questionnaire: { id, url, version },
      models: this.#models.names,
    });
  }

  async #join(): Promise<void> {
    const { livekit, rooms } = this.#d;
    const { room } = this.#facts;
    // Fresh each time: a worker that regained its lease has been in the room before.
    const identity = newId(`${agentPrefix}${this.#tenure.lease.worker}`);
    await Promise.all([
      this.#line.join(livekit.url, await agentToken(livekit, room, identity)),
      this.#resumed ? removeOtherAgents(rooms, room, identity) : undefined,
    ]);
    if (this.#resumed) await removePresentAgents(rooms, this.#line.room, identity);
  }

  async #start(): Promise<void> {
    const agent = this.#createAgent();
    await this.#line.start(agent);
    void this.#addTools(agent).catch((error: unknown) => this.#refused(error));
  }

  /** Nobody waits for it: the consent question takes its time, and who finds nothing begins anew. */
  async #offerEarlier(): Promise<void> {
    try {
      const earlier = await findEarlierCall(this.#d, this.#facts, this.#definition);
      if (!earlier) return;
      await this.#log.append('earlier', earlier);
      this.#conversation.offer(earlier);
    } catch (error) {
      this.#logger.warn('earlier call not found out', describeError(error));
    }
  }

  async #greet(): Promise<void> {
    const { question } = this.#conversation;
    if (!this.#resumed)
      return void (await this.#say(`${this.#script.opening} ${question}`, true).waitForPlayout());
    // A silence that the caller has hardly noticed needs no word.
    if (this.#reason === 'lease ended') await this.#apologise();
    await this.#conversation.resume(this.#atOpening);
    if (this.#conversation.isOver) return;
    await this.#say(`${this.#conversation.takeScripts()} ${question}`.trim()).waitForPlayout();
  }

  async #apologise(): Promise<void> {
    const { apology } = this.#d.prepared;
    if (!apology) return void this.#say(this.#script.apology);
    await this.#log.append('said', { piiText: apology.words, source: 'script' });
    this.#line.sayPrepared(apology);
  }

  #createLine(): VoiceLine {
    const { vad, clock } = this.#d;
    const line = new VoiceLine({
      models: this.#models,
      vad,
      clock,
      callTime: () => this.#callTime(),
      caller: this.#facts.identity,
      conversation: this.#conversation,
      onKeyed: (keyed) => void this.#keyed(keyed).catch((error: unknown) => this.#refused(error)),
      onQuiet: () => void this.#askAgain().catch((error: unknown) => this.#refused(error)),
      onAnswered: (ms) => this.#logger.info('turn answered', { ms: Math.round(ms) }),
      onError: (part, isRecoverable) =>
        void this.#onError(part, isRecoverable).catch((error: unknown) => this.#refused(error)),
      onClosed: (isBroken) => void this.#onClosed(isBroken),
      onRoomLost: () => void this.#leave('room-lost'),
      onCallerLost: () => this.#end('partial', 'fault'),
      onBack: () => this.#repeat(),
    });
    recordSpeech(
      line.session,
      this.#log,
      () => this.#callTime(),
      (error) => this.#refused(error),
    );
    return line;
  }

  #createAgent(): IntakeAgent {
    const { config, clock } = this.#d;
    return new IntakeAgent({
      config,
      clock,
      conversation: this.#conversation,
      script: this.#script,
      log: this.#log,
      prompts: new PromptLog(
        this.#log,
        this.#models.names.llm,
        () => clock.monotonic(),
        () => (this.#failures = 0),
      ),
      tools: intakeTools(this.#definition, this.#conversation),
      callTime: () => this.#callTime(),
      isScript: (sentence) => this.#scripted.some((words) => words.includes(sentence)),
      onScript: (...words) => {
        this.#scripted.unshift(...words);
        // The answer is on the log, and the next question not yet asked: nothing of this is heard.
        if (words.at(-1) !== '' && !words.includes(this.#script.holding)) this.#handOver.atTurn();
      },
      hearing: {
        onPartial: (heard) => this.#heard('partial', heard),
        onFinal: (heard) => this.#heard('final', heard),
      },
    });
  }

  /** The MCP server's tools join the model's when they are there; nobody waits for them. */
  async #addTools(agent: IntakeAgent): Promise<void> {
    const remote = await this.#tools.tools();
    if (!remote) await this.#log.append('error', { part: 'mcp', code: 'unreachable' });
    else if (!this.#ended)
      await agent.updateTools([
        ...intakeTools(this.#definition, this.#conversation),
        ...this.#remote(remote),
      ]);
  }

  #remote(remote: Parameters<typeof modelTools>[0]): llm.ToolContextEntry[] {
    return modelTools(remote, () => this.#conversation.question);
  }

  /** Pipelined: a later entry is acknowledged only after this one. */
  #heard(kind: 'partial' | 'final', heard: Heard): void {
    const { text: piiText, startMs, endMs, confidence } = heard;
    const entry =
      kind === 'partial'
        ? this.#log.append(kind, { piiText, startMs, endMs })
        : this.#log.append(kind, { piiText, startMs, endMs, confidence });
    entry.catch((error: unknown) => this.#refused(error));
    if (kind === 'final') {
      this.#conversation.onFinal(heard);
      this.#line.onFinal(heard);
    }
    this.#conversation.watch(heard).catch((error: unknown) => this.#refused(error));
  }

  async #keyed({ keys: piiKeys, startMs, endMs }: Keyed): Promise<void> {
    if (this.#ended) return;
    await this.#log.append('keys', { piiKeys, startMs, endMs });
    const words = await this.#conversation.keyed({ keys: piiKeys, startMs, endMs });
    if (words !== undefined && !this.#ended) this.#say(words);
  }

  async #askAgain(): Promise<void> {
    if (this.#ended || this.#line.isBusy) return;
    const words = await this.#conversation.silence();
    if (words !== undefined && !this.#ended) this.#say(words);
  }

  /** What was asked or answered while nobody could hear is lost. It is no silence of the caller's. */
  #repeat(): void {
    if (this.#ended || this.#conversation.isOver || this.#line.isBusy) return;
    this.#say(this.#conversation.question);
  }

  /** A model that failed for good this turn: the question is put again; one that keeps failing is no model. */
  async #onError(part: string, isRecoverable: boolean): Promise<void> {
    this.#logger.warn('part failed', { part, recoverable: isRecoverable });
    if (this.#ended) return;
    await this.#log.append('error', { part, code: isRecoverable ? 'recoverable' : 'unrecoverable' });
    if (part !== 'llm_error' || isRecoverable) return;
    this.#failures += 1;
    if (this.#failures >= modelFailures) this.#say(await this.#conversation.loseModel());
    else this.#say(`${this.#script.trouble} ${this.#conversation.question}`);
  }

  /** The session closes when the caller is gone, and when hearing failed for good: then the caller is told, and staff. */
  async #onClosed(isBroken: boolean): Promise<void> {
    if (this.#ended || this.#isLeft) return;
    if (!isBroken) return this.#end('partial', 'caller');
    try {
      await this.#conversation.giveUp('no-hearing');
    } catch (error) {
      this.#refused(error);
    }
  }

  async #farewell(outcome: Outcome, words: string): Promise<void> {
    const { clock } = this.#d;
    this.#handOver.cancel();
    try {
      if (this.#line.session.agentState === 'initializing') throw new Error('not started');
      await this.#lastWords(words);
      await clock.sleep(lingerMs);
    } catch (error) {
      this.#logger.warn('last words not said', describeError(error));
    }
    this.#end(outcome, 'agent');
  }

  async #lastWords(words: string): Promise<void> {
    try {
      await this.#line.session.currentAgent.updateTools([]);
      await this.#say(words, true).waitForPlayout();
    } catch {
      await this.#log.append('said', { piiText: words, source: 'script' });
      await this.#line.sayAlone(words);
    }
  }

  async #finish({ outcome, by }: End): Promise<CallOutcome> {
    const durationMs = this.#callTime();
    // Refused when the lease is lost: then the room is another worker's.
    await this.#log.append('hang-up', { by });
    await this.#line
      .close()
      .catch((error: unknown) => this.#logger.warn('session not closed', describeError(error)));
    await hangUp(this.#d.rooms, this.#facts.room, this.#logger);
    await this.#line.leave();
    if (by === 'fault') this.#alerts.raise({ id: 'cut-off', urgent: false });
    await this.#alerts.settled();
    await this.#log.append('end', { outcome, by, durationMs });
    await this.#tools.close();
    const isSealed = await sealWithRetries(this.#d, {
      log: this.#log,
      definition: this.#definition,
      state: this.#intake.state,
      logger: this.#logger,
    });
    return isSealed ? 'sealed' : 'open';
  }

  async #leaveToAnother(): Promise<void> {
    try {
      await this.#log.append('hand-over', { reason: drained });
      await this.#leave('handed-over');
    } catch (error) {
      this.#refused(error);
    }
  }

  /** Another worker may speak any moment, or nobody can. Nothing more is said, written or ended by this one. */
  async #leave(why: Exclude<CallEnd, 'sealed' | 'open'>): Promise<void> {
    if (this.#ended || this.#isLeft) return;
    this.#isLeft = true;
    this.#logger.warn('leaving the call', { why });
    await this.#line.leave();
    this.#over.resolve(why);
    await this.#tools.close().catch(() => {});
    await this.#line.close().catch(() => {});
  }

  #refused(error: unknown): void {
    // What was under way when the call was left comes to nothing.
    if (this.#isLeft) return;
    this.#logger.error('log refused an entry', describeError(error));
    void this.#leave('lease-lost');
  }

  #say(words: string, isSolemn = false) {
    this.#scripted.unshift(words);
    return this.#line.say(words, { isSolemn });
  }

  #end(outcome: Outcome, by: EndedBy): void {
    if (this.#ended || this.#isLeft) return;
    this.#ended = { outcome, by };
    this.#over.resolve(this.#ended);
  }

  #callTime(): number {
    return this.#d.clock.now() - this.#beganAt;
  }
}
