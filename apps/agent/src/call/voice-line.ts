import { type tts, voice } from '@livekit/agents';
import { Room, RoomEvent } from '@livekit/rtc-node';
import type { Clock } from '@vestibule/core';
import type { Conversation } from '../conversation/conversation.ts';
import { CallerSilence } from '../speech/caller-silence.ts';
import type { Heard } from '../speech/hearing.ts';
import { holdingAfterMs } from '../speech/holding.ts';
import type { Prepared } from '../speech/prepared.ts';
import { ReadyVoice, type ReadyVoiceOptions } from '../speech/ready-voice.ts';
import { vadSilenceMs } from '../speech/vad.ts';
import type { Ears } from '../speech/trimming.ts';
import { AwaitedWords } from './awaited-words.ts';
import { type Keyed, Keypad } from './keypad.ts';
import { sayLastWords } from './last-words.ts';
import { Patience } from './patience.ts';
import { Presence } from './presence.ts';
import { createVoiceSession, heardLateMs } from './voice-session.ts';

export interface VoiceLineOptions {
  ears: Ears;
  tts: tts.TTS;
  ready: ReadyVoiceOptions;
  clock: Clock;
  /** ms since the call was answered. */
  callTime: () => number;
  /** The caller's identity in the room. */
  caller: string;
  conversation: Conversation;
  /** Whether LiveKit Server lists a participant of this identity in the room. */
  isListed: (identity: string) => Promise<boolean>;
  onKeyed: (keyed: Keyed) => void;
  /** The line has been quiet for a while, or what was spoken was not transcribed. */
  onQuiet: () => void;
  /** What the caller said has not come yet, and they have heard nothing for as long as they may. */
  onLate: () => void;
  /** Neither party speaks. */
  onSettled: () => void;
  /** The agent's session speaks, `ms` after it took the caller to have stopped: about a second less than the caller waits, from their last word to the first RTP. */
  onAnswered: (ms: number) => void;
  onError: (part: string, isRecoverable: boolean) => void;
  /** `isBroken`: a part of ours failed for good; the caller is still there. */
  onClosed: (isBroken: boolean) => void;
  /** The room, or the caller's participant with it, is gone without anybody's doing: LiveKit Server was lost. */
  onRoomLost: () => void;
  /** The caller's participant is gone without having left: LiveKit SIP was lost. */
  onCallerLost: () => void;
  /** The caller is back after a silence that LiveKit Server made. */
  onBack: () => void;
}

/** The caller is asked again after this much silence, ms. */
const patienceMs = 8000;
/** The voice activity detector calls it silence after this much of it, ms: `minSilenceDuration`, and what the line and its smoothing take. */
const vadMs = vadSilenceMs + heardLateMs;

/** One call's room and voice session: what is said and heard, keys, silence. */
export class VoiceLine {
  readonly room = new Room();
  readonly session: voice.AgentSession;
  readonly silence = new CallerSilence();
  readonly #options: VoiceLineOptions;
  readonly #keypad: Keypad;
  readonly #patience: Patience;
  readonly #presence: Presence;
  readonly #words: AwaitedWords;
  readonly #left = new AbortController();
  #isSolemn = false;
  #silentSince: number | undefined;
  /** When the caller's last word ended, or the agent's, on the call's clock. */
  #quietSince = 0;
  #answer: voice.SpeechHandle | undefined;
  #ready: ReadyVoice | undefined;

  constructor(options: VoiceLineOptions) {
    this.#options = options;
    const { clock, caller, callTime, conversation, onKeyed, onQuiet, onRoomLost, onCallerLost, onBack } =
      options;
    const expected = () => conversation.keysExpected;
    this.#keypad = new Keypad({ clock, callTime, expected, onKeyed });
    this.#patience = new Patience(clock, patienceMs, () => {
      if (!this.#keypad.isPressed) onQuiet();
      else this.#patience.start();
    });
    this.#words = new AwaitedWords({
      clock,
      // Words spoken beside the agent's are not waited for: what it said is heard last.
      onLate: () => this.#isQuiet && this.quietFor >= holdingAfterMs - 100 && options.onLate(),
    });
    this.#presence = new Presence({
      clock,
      caller,
      isListed: () => options.isListed(this.room.localParticipant?.identity ?? ''),
      left: this.#left.signal,
      onAway: () => this.#patience.stop(),
      onBack,
      onLost: onRoomLost,
      onGone: onCallerLost,
    });
    const { ears, tts, ready } = options;
    if (!tts.capabilities.streaming) this.#ready = new ReadyVoice(tts, ready);
    const voice = this.#ready ?? tts;
    this.session = createVoiceSession({ ears, tts: voice, conversation, words: this.#words });
    this.#watchStates();
  }

  async join(url: string, token: string): Promise<void> {
    await this.room.connect(url, token, { autoSubscribe: true, dynacast: false });
    this.#listenForKeys();
    this.#presence.watch(this.room);
  }

  async start(agent: voice.Agent): Promise<void> {
    await this.session.start({
      agent,
      room: this.room,
      inputOptions: {
        participantIdentity: this.#options.caller,
        audioSampleRate: 16_000,
        textEnabled: false,
        closeOnDisconnect: true,
      },
      outputOptions: { transcriptionEnabled: false, audioSampleRate: 16_000 },
      record: false,
    });
  }

  get isBusy(): boolean {
    const { agentState } = this.session;
    return agentState === 'thinking' || agentState === 'speaking';
  }

  get #isQuiet(): boolean {
    const { agentState, userState } = this.session;
    return agentState === 'listening' && userState !== 'speaking';
  }

  /** How long nothing has been heard on the line, ms: since the caller's last word. */
  get quietFor(): number {
    return this.#options.callTime() - this.#quietSince;
  }

  /** Cuts off what the agent is saying or about to say, whatever it is. */
  hush(): void {
    this.session.interrupt({ force: true });
  }

  /** The answer that is being made is said to its end. */
  makeSolemn(): void {
    const answer = this.#answer;
    if (answer && !answer.interrupted && !answer.done()) answer.allowInterruptions = false;
  }

  /** `isSolemn`: it is said to its end, whatever the caller does. */
  say(words: string, { isSolemn = false } = {}): voice.SpeechHandle {
    const speech = this.session.say(words, { allowInterruptions: !isSolemn });
    if (isSolemn) {
      this.#isSolemn = true;
      void speech.waitForPlayout().finally(() => (this.#isSolemn = false));
    }
    return speech;
  }

  /** What will probably be said next; voices that are not asked sentence by sentence make it when it is. */
  prepare(words: string): void {
    this.#ready?.prepare(words);
  }

  /** Its words must be on the log already: prepared speech does not pass the record. */
  sayPrepared({ words, audio }: Prepared): void {
    this.session.say(words, { audio: audio() });
  }

  /** Says something when the session is broken. */
  sayAlone(words: string): Promise<void> {
    return sayLastWords(this.room, this.#options.tts, words);
  }

  /** Tells what has been transcribed, ms on the call's clock. */
  onFinal({ endMs }: Heard): void {
    this.#words.heard(endMs);
  }

  async close(): Promise<void> {
    this.#patience.stop();
    this.#words.stop();
    await this.session.close();
  }

  async leave(): Promise<void> {
    this.#left.abort();
    this.#patience.stop();
    this.#words.stop();
    await this.room.disconnect().catch(() => {});
  }

  #watchStates(): void {
    const { AgentSessionEventTypes: Event, CloseReason } = voice;
    const { callTime, onQuiet, onError, onClosed, onAnswered, onSettled } = this.#options;
    const settle = () => {
      if (this.#left.signal.aborted || this.#presence.isAway) return;
      if (!this.#isQuiet) return this.#patience.stop();
      this.#patience.start();
      onSettled();
    };
    this.session.on(Event.AgentStateChanged, ({ newState, oldState }) => {
      if (oldState === 'speaking') this.#quietSince = callTime();
      else if (newState !== 'listening') this.#words.stop();
      if (newState === 'speaking' && this.#silentSince !== undefined) {
        onAnswered(callTime() - this.#silentSince);
        this.#silentSince = undefined;
      }
      settle();
    });
    this.session.on(Event.UserStateChanged, ({ newState }) => {
      if (newState === 'speaking') {
        this.#words.spoke(callTime());
        this.silence.spoke();
      } else {
        this.#quietSince = callTime() - vadMs;
        this.#words.fellSilent(vadMs);
        this.silence.fellSilent(this.#quietSince);
      }
      this.#silentSince = newState === 'listening' ? callTime() : undefined;
      settle();
    });
    this.session.on(Event.SpeechCreated, ({ source, speechHandle }) => {
      if (source !== 'say') this.#answer = speechHandle;
    });
    this.session.on(Event.UserTranscriptionTimeout, () => onQuiet());
    this.session.on(Event.Error, ({ error }) => {
      const { type, recoverable } = error as { type: string; recoverable?: boolean };
      onError(type, recoverable === true);
    });
    this.session.on(Event.Close, ({ reason }) => onClosed(String(reason) === String(CloseReason.ERROR)));
  }

  #listenForKeys(): void {
    this.room.on(RoomEvent.DtmfReceived, (_code, digit, participant) => {
      if (participant.identity !== this.#options.caller) return;
      // Who presses a key has heard enough of the question; disclosures are said to the end all the same.
      if (this.session.agentState === 'speaking' && !this.#isSolemn) this.session.interrupt();
      this.#keypad.press(digit);
    });
  }
}
