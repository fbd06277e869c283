import type { stt as speech } from '@livekit/agents';
import { type tts, type VAD, VADEventType } from '@livekit/agents';
import {
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
} from '@livekit/rtc-node';
import { type Clock, describeError, type Logger, newId } from '@vestibule/core';
import { agentToken } from '../call/agent-token.ts';
import { agentPrefix } from '../call/hang-up.ts';
import { sayLastWords } from '../call/last-words.ts';
import { hearTrack, heardRate } from '../speech/hear-track.ts';
import { vadSilenceMs } from '../speech/vad.ts';
import { BeepDetector } from './beep.ts';
import { nextLook, screen, type ScreeningEvent, startScreening, type Verdict } from './screening.ts';
import { isMachine } from './wishes.ts';

/** A machine that has not come to its tone by then is left without a word, ms. */
const greetingLimitMs = 40_000;
/** A machine that falls silent for so long without a tone is listening, ms. */
const listensAfterMs = 2000;

export interface ScreenerOptions {
  livekit: { url: string; key: string; secret: string };
  room: string;
  /** The identity of whoever is called. */
  identity: string;
  vad: VAD;
  stt: speech.STT;
  tts: tts.TTS;
  clock: Clock;
  logger: Logger;
}

/**
 * Listens to whoever answers a call-back until it is known whether it is a person. What they say meanwhile is kept nowhere. It is in the room
 * under an identity of its own, and publishes nothing unless it leaves word.
 */
export class Screener {
  readonly #options: ScreenerOptions;
  readonly #room = new Room();
  readonly #closed = new AbortController();
  readonly #gone = Promise.withResolvers<'gone'>();
  readonly #track = Promise.withResolvers<RemoteTrack>();
  #onEvent: (event: ScreeningEvent) => void = () => {};

  private constructor(options: ScreenerOptions) {
    this.#options = options;
  }

  /** In the room before anybody is rung. */
  static async join(options: ScreenerOptions): Promise<Screener> {
    const screener = new Screener(options);
    const { livekit, room } = options;
    screener.#watch();
    await screener.#room.connect(livekit.url, await agentToken(livekit, room, newId(agentPrefix)), {
      autoSubscribe: true,
      dynacast: false,
    });
    return screener;
  }

  /** To be called when it was answered. Resolves with what answered, or `gone` when they hung up before that was known. */
  async listen(): Promise<Verdict | 'gone'> {
    const { clock, logger } = this.#options;
    const known = Promise.withResolvers<Verdict>();
    let state = startScreening(clock.monotonic());
    let wait = new AbortController();
    const post = (event: ScreeningEvent) => {
      state = screen(state, event);
      wait.abort();
      if (state.verdict) known.resolve(state.verdict);
      const due = nextLook(state);
      if (due === undefined) return;
      const { signal } = (wait = new AbortController());
      void clock.sleep(Math.max(0, due - clock.monotonic()), signal).then(() => {
        if (!signal.aborted) post({ kind: 'time', atMs: clock.monotonic() });
      });
    };
    this.#onEvent = post;
    post({ kind: 'time', atMs: clock.monotonic() });
    // Who cannot be heard is greeted all the same.
    this.#hear().catch((error: unknown) => logger.warn('answer not heard', describeError(error)));
    const verdict = await Promise.race([known.promise, this.#gone.promise]);
    wait.abort();
    return verdict;
  }

  /** Waits for a machine's tone, or until it listens without one. @returns false when it hung up, or talks on and on */
  async awaitTone(): Promise<boolean> {
    const { clock } = this.#options;
    const listens = Promise.withResolvers<boolean>();
    let silence = new AbortController();
    this.#onEvent = ({ kind }) => {
      if (kind === 'speech' || kind === 'pause') silence.abort();
      if (kind === 'beep') listens.resolve(true);
      if (kind !== 'pause') return;
      const { signal } = (silence = new AbortController());
      void clock
        .sleep(listensAfterMs - vadSilenceMs, signal)
        .then(() => !signal.aborted && listens.resolve(true));
    };
    const limit = new AbortController();
    const late = clock.sleep(greetingLimitMs, limit.signal).then(() => false);
    const isListening = await Promise.race([listens.promise, late, this.#gone.promise]);
    limit.abort();
    silence.abort();
    return isListening === true;
  }

  say(words: string): Promise<void> {
    return sayLastWords(this.#room, this.#options.tts, words);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#room.disconnect().catch(() => {});
  }

  #watch(): void {
    const { identity } = this.#options;
    const isTheirs = (who: Participant) => who.identity === identity;
    this.#room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack, _: unknown, who: RemoteParticipant) => {
      if (isTheirs(who) && track.kind === TrackKind.KIND_AUDIO) this.#track.resolve(track);
    });
    this.#room.on(RoomEvent.ParticipantDisconnected, (who: RemoteParticipant) => {
      if (isTheirs(who)) this.#gone.resolve('gone');
    });
  }

  async #hear(): Promise<void> {
    const { stt, vad } = this.#options;
    const beeps = new BeepDetector(heardRate);
    await hearTrack(await this.#track.promise, {
      ...{ vad, stt, signal: this.#closed.signal },
      onFrame: ({ data }) => void (beeps.hear(data) && this.#post('beep')),
      voice: (events) => this.#time(events),
      words: (events) => this.#understand(events),
    });
  }

  async #time(events: AsyncIterable<{ type: VADEventType }>): Promise<void> {
    for await (const { type } of events) {
      if (type === VADEventType.START_OF_SPEECH) this.#post('speech');
      if (type === VADEventType.END_OF_SPEECH) this.#post('pause', vadSilenceMs);
    }
  }

  async #understand(events: AsyncIterable<speech.SpeechEvent>): Promise<void> {
    for await (const { alternatives } of events)
      if (isMachine(alternatives?.[0]?.text ?? '')) this.#post('machine-words');
  }

  #post(kind: ScreeningEvent['kind'], earlierMs = 0): void {
    this.#onEvent({ kind, atMs: this.#options.clock.monotonic() - earlierMs });
  }
}
