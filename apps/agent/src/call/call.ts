import type { llm } from '@livekit/agents';
import { describeError, type Logger } from '@vestibule/core';
import { answersTable, type Definition } from '@vestibule/questionnaire';
import { type CallLog, drained, foldCall } from '@vestibule/record';
import { callingOf } from '../call-back/calling.ts';
import type { Conversation, Outcome } from '../conversation/conversation.ts';
import { FixedWords } from '../conversation/fixed-words.ts';
import type { Intake } from '../conversation/intake.ts';
import { openConversation } from '../conversation/open.ts';
import { createScript, type Script } from '../conversation/script.ts';
import type { CallOutcome } from '../desk/desk.ts';
import type { Tenure } from '../desk/tenure.ts';
import { holdingAfterMs } from '../speech/holding.ts';
import type { Models } from '../speech/models.ts';
import { earsFor } from '../speech/trimming.ts';
import type { Look } from '../thinking/second-look.ts';
import { intakeTools } from '../tools/intake-tools.ts';
import { ToolLine } from '../tools/tool-line.ts';
import { Alerts } from './alerts.ts';
import { type CallEnd, called, type End, type EndedBy, type TakeOverReason } from './call-end.ts';
import type { CallFacts } from './caller.ts';
import { type CallDependencies, dayAt } from './dependencies.ts';
import { finishCall } from './finishing.ts';
import { Greeting } from './greeting.ts';
import { HandOver, wasHandedOver } from './hand-over.ts';
import { IntakeAgent } from './intake-agent.ts';
import { joinRoom } from './join.ts';
import type { Keyed } from './keypad.ts';
import { Listening } from './listening.ts';
import { lingerMs } from './last-words.ts';
import { modelTools } from './model-tools.ts';
import { PersonLine } from '../transfer/person-line.ts';
import { AlarmVoice } from './alarm-voice.ts';
import { recordSpeech } from './spoken.ts';
import { createLooks, createThinking } from './thinkers.ts';
import { VoiceLine } from './voice-line.ts';

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
  /** The log goes on with this worker. */
  readonly #resumed: boolean;
  readonly #beganAt: number;
  readonly #scripted: string[] = [];
  readonly #over = Promise.withResolvers<End | Exclude<CallEnd, 'sealed' | 'open'>>();
  readonly #handOver: HandOver;
  #ended: End | undefined;
  #isLeft = false;
  #isWithStaff = false;
  readonly #alarmVoice: AlarmVoice;
  readonly #looks: readonly Look[];
  readonly #greeting: Greeting;
  readonly #person: PersonLine;

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
    const state = foldCall(log.entries);
    const of = state.call ?? { piiCaller: facts.caller, edge: facts.edge, callBack: undefined };
    const script = (this.#script = createScript(d.config, of));
    this.#resumed = state.call !== undefined && reason !== called;
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
      beganAt: this.#beganAt,
      calling: callingOf(d.config, of),
      alert: (alert) => this.#alerts.raise(alert),
      onOver: (outcome, words) => void this.#farewell(outcome, words),
      onAlarm: (lane, isOver) => this.#alarmVoice.onAlarm(lane, isOver),
    });
    this.#intake = intake;
    this.#conversation = conversation;
    this.#line = this.#createLine();
    this.#alarmVoice = new AlarmVoice({
      line: this.#line,
      conversation,
      say: (words) => this.#say(words, true).waitForPlayout(),
      question: () => this.#greeting.question,
    });
    this.#greeting = new Greeting({
      ...{ d, facts, log, definition, models, logger, conversation, script, state },
      line: this.#line,
      reason: wasHandedOver(log.entries) ? drained : reason,
      say: (words, isSolemn) => this.#say(words, isSolemn),
    });
    this.#looks = createLooks(d, log, models, logger, definition, conversation);
    this.#person = new PersonLine({
      ...{ d, facts, log, models, logger },
      line: this.#line,
      rows: () => answersTable(definition, intake.state),
      say: (words, isSolemn) => this.#say(words, isSolemn),
      onNobody: (urgent) => this.#alerts.raise({ id: 'nobody-answered', urgent }),
      onRefused: (error) => this.#refused(error),
    });
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

  async run(): Promise<CallEnd> {
    const { live } = this.#d;
    live.add(this.#log, this.#facts.edge.decision);
    void this.#tenure.lost.then(() => this.#leave('lease-lost'));
    void this.#tenure.handOverAsked.then(() => this.#handOver.begin());
    try {
      // Joining is not heard by anybody: it need not wait for the entry.
      const { room } = this.#facts;
      const { worker } = this.#tenure.lease;
      const joined = joinRoom(this.#d, this.#line, { room, worker, resumed: this.#resumed });
      await Promise.all([this.#greeting.firstEntry(), joined]);
      void this.#greeting.offerEarlier();
      await this.#start();
      await this.#greeting.greet();
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

  async #start(): Promise<void> {
    const agent = this.#createAgent();
    await this.#line.start(agent);
    void this.#addTools(agent).catch((error: unknown) => this.#refused(error));
  }

  #createLine(): VoiceLine {
    const { config, vad, clock, kept } = this.#d;
    const { stt, tts } = this.#models;
    const fixed = new FixedWords(this.#definition, this.#script);
    const refused = (error: unknown) => this.#refused(error);
    const callTime = () => this.#callTime();
    const line = new VoiceLine({
      ears: earsFor(stt, vad, config.agent.hearing),
      tts,
      ready: { kept, isFixed: (sentence) => fixed.has(sentence) },
      clock,
      callTime,
      caller: this.#facts.identity,
      conversation: this.#conversation,
      isListed: async (identity) => {
        const present = await this.#d.rooms.listParticipants(this.#facts.room);
        return present.some((one) => one.identity === identity);
      },
      onKeyed: (keyed) => void this.#keyed(keyed).catch(refused),
      onQuiet: () => void this.#askAgain().catch(refused),
      onLate: () => void this.#hold().catch(refused),
      onSettled: () => void (this.#person.isBusy || this.#alarmVoice.onQuiet()),
      onAnswered: (ms) => this.#logger.info('turn answered', { ms: Math.round(ms) }),
      onError: (part, isRecoverable) => void this.#onError(part, isRecoverable).catch(refused),
      onClosed: (isBroken) => void this.#onClosed(isBroken),
      onRoomLost: () => void this.#leave('room-lost'),
      onCallerLost: () => this.#end('partial', 'fault'),
      onBack: () => this.#repeat(),
    });
    recordSpeech(line.session, this.#log, callTime, refused);
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
      thinking: createThinking(this.#d, this.#log, this.#models, this.#logger),
      quietFor: () => this.#line.quietFor,
      tools: intakeTools(this.#definition, this.#conversation.actions),
      callTime: () => this.#callTime(),
      isScript: (sentence) => this.#scripted.some((words) => words.includes(sentence)),
      onUrgent: () => this.#line.makeSolemn(),
      onScript: (...words) => {
        this.#scripted.unshift(...words);
        // The answer is on the log, and the next question not yet asked: nothing of this is heard.
        if (words.at(-1) !== '' && !words.includes(this.#script.holding)) this.#handOver.atTurn();
      },
      hearing: new Listening({
        log: this.#log,
        conversation: this.#conversation,
        line: this.#line,
        looks: this.#looks,
        isElsewhere: () => this.#ended !== undefined || this.#person.isBusy,
        onRefused: (error) => this.#refused(error),
      }),
      silence: this.#line.silence,
    });
  }

  /** The MCP server's tools join the model's when they are there; nobody waits for them. */
  async #addTools(agent: IntakeAgent): Promise<void> {
    const remote = await this.#tools.tools();
    if (!remote) await this.#log.append('error', { part: 'mcp', code: 'unreachable' });
    else if (!this.#ended)
      await agent.updateTools([
        ...intakeTools(this.#definition, this.#conversation.actions),
        ...this.#remote(remote),
      ]);
  }

  #remote(remote: Parameters<typeof modelTools>[0]): llm.ToolContextEntry[] {
    return modelTools(remote, {
      question: () => this.#conversation.question,
      onFound: (tool, text) => this.#conversation.onFound(tool, text),
      onSlow: () => void (this.#ended || this.#say(this.#script.holding)),
      slowAfterMs: () => holdingAfterMs - this.#line.quietFor,
      clock: this.#d.clock,
    });
  }

  async #keyed({ keys: piiKeys, startMs, endMs }: Keyed): Promise<void> {
    if (this.#ended) return;
    await this.#log.append('keys', { piiKeys, startMs, endMs });
    if (this.#person.isBusy) return;
    const words = await this.#conversation.keyed({ keys: piiKeys, startMs, endMs });
    if (words !== undefined && !this.#ended) this.#say(words);
  }

  async #askAgain(): Promise<void> {
    if (this.#ended || this.#line.isBusy || this.#person.isBusy) return;
    const words = await this.#conversation.silence();
    if (words !== undefined && !this.#ended) this.#say(words);
  }

  /** The recogniser takes longer than a caller should wait in silence. */
  async #hold(): Promise<void> {
    if (this.#ended || this.#person.isBusy || this.#conversation.isOver) return;
    const { holding } = this.#d.prepared;
    if (!holding) return void this.#say(this.#script.holding);
    await this.#log.append('said', { piiText: holding.words, source: 'script' });
    if (!this.#line.isBusy) this.#line.sayPrepared(holding);
  }

  /** What was asked or answered while nobody could hear is lost. It is no silence of the caller's. */
  #repeat(): void {
    if (this.#ended || this.#conversation.isOver || this.#line.isBusy) return;
    this.#say(this.#conversation.question);
  }

  /** Of the recogniser and the voice: models that fail are passed over where they are asked. */
  async #onError(part: string, isRecoverable: boolean): Promise<void> {
    this.#logger.warn('part failed', { part, recoverable: isRecoverable });
    if (this.#ended) return;
    await this.#log.append('error', { part, code: isRecoverable ? 'recoverable' : 'unrecoverable' });
  }

  /** The session closes when the caller is gone, and when hearing failed for good: then the caller is told, and staff. */
  async #onClosed(isBroken: boolean): Promise<void> {
    if (this.#ended || this.#isLeft) return;
    if (!isBroken) return this.#person.callerLeft() ? undefined : this.#end('partial', 'caller');
    try {
      await this.#conversation.giveUp('no-hearing');
    } catch (error) {
      this.#refused(error);
    }
  }

  async #farewell(outcome: Outcome, words: string): Promise<void> {
    const { clock } = this.#d;
    this.#handOver.cancel();
    if (outcome === 'handed-over') {
      const brought = await this.#person.bring(words).catch((error: unknown) => this.#refused(error));
      if (this.#isLeft) return;
      this.#isWithStaff = brought?.outcome === 'joined';
      if (brought && brought.words === undefined)
        return this.#end(outcome, brought.outcome === 'referred' ? 'agent' : 'caller');
      words = brought?.words ?? words;
    }
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

  #finish(end: End): Promise<CallOutcome> {
    for (const look of this.#looks) look.close();
    return finishCall(end, {
      ...{ d: this.#d, log: this.#log, logger: this.#logger, intake: this.#intake },
      ...{ line: this.#line, alerts: this.#alerts, tools: this.#tools },
      room: this.#facts.room,
      durationMs: this.#callTime(),
      isWithStaff: this.#isWithStaff,
    });
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
    for (const look of this.#looks) look.close();
    this.#person.stop();
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
