import { type llm, voice } from '@livekit/agents';
import type { VAD } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { Config } from '@vestibule/config';
import type { Definition } from '@vestibule/questionnaire';
import { type Archive, CallLog, foldCall, type Lease, type LogStore } from '@vestibule/record';
import { AccessToken, type RoomServiceClient } from 'livekit-server-sdk';
import { Conversation, type Outcome } from '../conversation/conversation.ts';
import { Intake } from '../conversation/intake.ts';
import { createScript, type Script } from '../conversation/script.ts';
import type { Heard } from '../speech/hearing.ts';
import type { Models } from '../speech/models.ts';
import { intakeTools } from '../tools/intake-tools.ts';
import type { McpTools } from '../tools/mcp-client.ts';
import { alertStaff } from './alert.ts';
import type { CallFacts } from './caller.ts';
import { agentPrefix, hangUp, removeOtherAgents } from './hang-up.ts';
import { IntakeAgent } from './intake-agent.ts';
import { modelTools } from './model-tools.ts';
import { PromptLog } from './prompt-log.ts';
import { sealWithRetries } from './sealing.ts';
import { recordSpeech } from './spoken.ts';

export interface CallDependencies {
  config: Config;
  livekit: { url: string; key: string; secret: string };
  rooms: RoomServiceClient;
  store: LogStore;
  archive: Archive;
  vad: VAD;
  models: () => Promise<Models>;
  definitionFor: (dialled: string) => Promise<Definition>;
  connectTools: (facts: CallFacts, log: CallLog) => Promise<McpTools | undefined>;
  clock: Clock;
  logger: Logger;
}

/** The last words still cross the SFU and the SIP side's jitter buffer when their last frame has been handed over. */
const lingerMs = 500;
/** The caller is asked again after this much silence, ms. */
const patienceMs = 8000;

type EndedBy = 'agent' | 'caller' | 'fault';

/** One call, from its claim to its seal. */
export async function runCall(
  dependencies: CallDependencies,
  lease: Lease,
  facts: CallFacts,
  lost: Promise<void>,
): Promise<void> {
  const call = await Call.open(dependencies, lease, facts);
  await call?.run(lost);
}

class Call {
  readonly #d: CallDependencies;
  readonly #facts: CallFacts;
  readonly #lease: Lease;
  readonly #log: CallLog;
  readonly #logger: Logger;
  readonly #definition: Definition;
  readonly #models: Models;
  readonly #script: Script;
  readonly #intake: Intake;
  readonly #conversation: Conversation;
  readonly #resumed: boolean;
  readonly #room = new Room();
  readonly #session: voice.AgentSession;
  #tools: McpTools | undefined;
  readonly #scripted: string[] = [];
  #beganAt: number;
  #ended: { outcome: Outcome; by: EndedBy } | undefined;
  #over!: (end: { outcome: Outcome; by: EndedBy }) => void;
  readonly #isOver = new Promise<{ outcome: Outcome; by: EndedBy }>((resolve) => (this.#over = resolve));

  private constructor(
    d: CallDependencies,
    lease: Lease,
    facts: CallFacts,
    log: CallLog,
    definition: Definition,
    models: Models,
  ) {
    this.#d = d;
    this.#lease = lease;
    this.#facts = facts;
    this.#log = log;
    this.#definition = definition;
    this.#models = models;
    this.#logger = d.logger.with({ callId: lease.callId });
    this.#script = createScript(d.config);
    const state = foldCall(log.entries);
    this.#resumed = state.call !== undefined;
    this.#beganAt = state.startedAt === undefined ? d.clock.now() : Date.parse(state.startedAt);
    const today = new Date(this.#beganAt).toISOString().slice(0, 10);
    this.#intake = new Intake(definition, log, today, state.inputs);
    this.#conversation = new Conversation({
      log,
      intake: this.#intake,
      script: this.#script,
      consent: state.consent,
      alert: (flag) => alertStaff(this.#tools, this.#log, flag, facts),
      onOver: (outcome, words) => void this.#farewell(outcome, words),
    });
    this.#session = this.#createSession();
  }

  /** Undefined when the call is over already (its room not gone yet). */
  static async open(d: CallDependencies, lease: Lease, facts: CallFacts): Promise<Call | undefined> {
    const log = await CallLog.open(d.store, lease, d.clock);
    if (foldCall(log.entries).end) return undefined;
    const [definition, models] = await Promise.all([d.definitionFor(facts.dialled), d.models()]);
    return new Call(d, lease, facts, log, definition, models);
  }

  async run(lost: Promise<void>): Promise<void> {
    void lost.then(() => this.#fallSilent());
    try {
      await this.#firstEntry();
      await this.#join();
      await this.#greet();
    } catch (error) {
      this.#logger.error('call not taken', { ...describeError(error) });
      this.#end('partial', 'fault');
    }
    const end = await this.#isOver;
    await this.#finish(end);
  }

  async #firstEntry(): Promise<void> {
    const { url, version, id } = this.#definition;
    const { dialled, room, caller, edge } = this.#facts;
    if (this.#resumed) {
      const from = this.#log.entries.at(-1)?.header.writer ?? '';
      await this.#log.append('take-over', { from, reason: 'lease ended' });
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
    const identity = `${agentPrefix}${this.#lease.worker}_${this.#lease.fence}`;
    if (this.#resumed) await removeOtherAgents(rooms, room, identity);
    const token = new AccessToken(livekit.key, livekit.secret, { identity, ttl: '6h' });
    token.kind = 'agent';
    token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, agent: true });
    const tools = this.#d.connectTools(this.#facts, this.#log);
    await this.#room.connect(livekit.url, await token.toJwt(), { autoSubscribe: true, dynacast: false });
    this.#tools = await tools;
    await this.#session.start({
      agent: this.#createAgent(),
      room: this.#room,
      inputOptions: {
        participantIdentity: this.#facts.identity,
        audioSampleRate: 16_000,
        textEnabled: false,
        closeOnDisconnect: true,
      },
      outputOptions: { transcriptionEnabled: false, audioSampleRate: 16_000 },
      record: false,
    });
  }

  async #greet(): Promise<void> {
    if (this.#resumed) {
      await this.#say(`${this.#script.apology} ${this.#conversation.question}`).waitForPlayout();
      return;
    }
    await this.#say(`${this.#script.opening} ${this.#conversation.question}`, false).waitForPlayout();
  }

  #createSession(): voice.AgentSession {
    const { stt, llm, tts } = this.#models;
    const session = new voice.AgentSession({
      stt,
      llm,
      tts,
      vad: this.#d.vad,
      // No echo to cancel on a telephone line: the caller may interrupt from the first word.
      aecWarmupDuration: null,
      userAwayTimeout: patienceMs / 1000,
      transcriptionTimeout: 4000,
      turnHandling: {
        turnDetection: 'vad',
        endpointing: { mode: 'fixed', minDelay: 300, maxDelay: 3000 },
        interruption: { mode: 'vad', minDuration: 400 },
        preemptiveGeneration: { enabled: false },
      },
    });
    const { AgentSessionEventTypes: Event } = voice;
    session.on(Event.UserStateChanged, ({ newState }) => void (newState === 'away' && this.#askAgain()));
    session.on(Event.UserTranscriptionTimeout, () => void this.#askAgain());
    session.on(Event.Error, ({ error }) => void this.#onError(error));
    session.on(Event.Close, ({ reason }) =>
      this.#end('partial', String(reason) === String(voice.CloseReason.ERROR) ? 'fault' : 'caller'),
    );
    return session;
  }

  #createAgent(): IntakeAgent {
    recordSpeech(
      this.#session,
      this.#log,
      () => this.#callTime(),
      (error) => this.#refused(error),
    );
    return new IntakeAgent({
      config: this.#d.config,
      conversation: this.#conversation,
      log: this.#log,
      prompts: new PromptLog(this.#log, this.#models.names.llm, () => this.#d.clock.monotonic()),
      tools: this.#modelTools(),
      callTime: () => this.#callTime(),
      isScript: (sentence) => this.#scripted.some((words) => words.includes(sentence)),
      onScript: (...words) => this.#scripted.unshift(...words),
      hearing: {
        onPartial: (heard) => this.#heard('partial', heard),
        onFinal: (heard) => this.#heard('final', heard),
      },
    });
  }

  #modelTools(): llm.ToolContextEntry[] {
    return [
      ...intakeTools(this.#definition, this.#conversation),
      ...modelTools(this.#tools, () => this.#conversation.question),
    ];
  }

  /** Pipelined: a later entry is acknowledged only after this one. */
  #heard(kind: 'partial' | 'final', heard: Heard): void {
    const { text: piiText, startMs, endMs, confidence } = heard;
    const entry =
      kind === 'partial'
        ? this.#log.append(kind, { piiText, startMs, endMs })
        : this.#log.append(kind, { piiText, startMs, endMs, confidence });
    entry.catch((error: unknown) => this.#refused(error));
    if (kind === 'final') this.#conversation.onFinal(heard);
    this.#conversation.watch(heard).catch((error: unknown) => this.#refused(error));
  }

  async #askAgain(): Promise<void> {
    if (this.#ended || this.#session.agentState === 'thinking' || this.#session.agentState === 'speaking')
      return;
    const words = await this.#conversation.silence();
    if (words !== undefined && !this.#ended) this.#say(words);
  }

  /** A model that failed for good this turn: the question is put again, so that the caller is never left in silence. */
  async #onError(error: { type: string; recoverable?: boolean }): Promise<void> {
    this.#logger.warn('part failed', { part: error.type, recoverable: error.recoverable });
    await this.#log.append('error', {
      part: error.type,
      code: error.recoverable === true ? 'recoverable' : 'unrecoverable',
    });
    if (error.type === 'llm_error' && error.recoverable === false && !this.#ended) {
      this.#say(`${this.#script.trouble} ${this.#conversation.question}`);
    }
  }

  async #farewell(outcome: Outcome, words: string): Promise<void> {
    try {
      await this.#session.currentAgent.updateTools([]);
      await this.#say(words, false).waitForPlayout();
      await this.#d.clock.sleep(lingerMs);
    } catch (error) {
      this.#logger.warn('last words not said', describeError(error));
    }
    this.#end(outcome, 'agent');
  }

  async #finish({ outcome, by }: { outcome: Outcome; by: EndedBy }): Promise<void> {
    const { rooms, archive, store, clock, config } = this.#d;
    await this.#conversation.settled();
    await this.#session
      .close()
      .catch((error: unknown) => this.#logger.warn('session not closed', describeError(error)));
    await this.#log.append('end', { outcome, by, durationMs: this.#callTime() });
    await hangUp(rooms, this.#facts.room, this.#logger);
    await this.#disconnect();
    const sealed = await sealWithRetries(archive, {
      log: this.#log,
      definition: this.#definition,
      state: this.#intake.state,
      clock,
      logger: this.#logger,
    });
    if (sealed !== undefined) await store.expire(this.#log.callId, config.archive.graceHours * 3_600_000);
  }

  /** The lease is gone: another worker may speak any moment. Nothing more is said, written or ended by this one. */
  async #fallSilent(): Promise<void> {
    if (this.#ended) return;
    this.#logger.error('lease lost: silent');
    await this.#disconnect();
    await this.#session.close().catch(() => {});
  }

  #refused(error: unknown): void {
    this.#logger.error('log refused an entry', describeError(error));
    void this.#fallSilent();
  }

  async #disconnect(): Promise<void> {
    await this.#tools?.close().catch(() => {});
    await this.#room.disconnect().catch(() => {});
  }

  #say(words: string, allowInterruptions = true): voice.SpeechHandle {
    this.#scripted.unshift(words);
    return this.#session.say(words, { allowInterruptions });
  }

  #end(outcome: Outcome, by: EndedBy): void {
    if (this.#ended) return;
    this.#ended = { outcome, by };
    this.#over(this.#ended);
  }

  #callTime(): number {
    return this.#d.clock.now() - this.#beganAt;
  }
}
