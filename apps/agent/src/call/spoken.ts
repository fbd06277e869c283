import { voice } from '@livekit/agents';
import type { CallLog, Payload } from '@vestibule/record';

type Span = Pick<Payload<'played'>, 'startMs' | 'endMs'> & { playedMs: number };

/**
 * Writes what came out of each speech: when, and how much of its audio was played before it was over or cut off. `now`: the wall clock by which
 * the audio output tells the time, ms.
 */
export function recordSpeech(
  session: voice.AgentSession,
  log: CallLog,
  callTime: () => number,
  onRefused: (error: unknown) => void,
  now: () => number = Date.now,
): void {
  const playback = new Playback(callTime, now);
  const { AgentSessionEventTypes: Event } = voice;
  // The output is there once the session has started, which it tells by this event first.
  session.on(Event.AgentStateChanged, () => playback.watch(session.output.audio));
  session.on(Event.ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    const { interrupted, textContent: piiText = '' } = item;
    const span = playback.take();
    const entries = [log.append('played', { piiText, interrupted, ...span })];
    if (interrupted) entries.push(log.append('barge-in', { atMs: span.endMs }));
    for (const entry of entries) entry.catch(onRefused);
  });
}

/** Adds up what the audio output tells of a speech, which it may play in more than one piece. */
export class Playback {
  readonly #callTime: () => number;
  readonly #now: () => number;
  #output: voice.AudioOutput | null = null;
  #startMs = 0;
  #endMs: number | undefined;
  #played: Span | undefined;

  /** `callTime`: ms since the call was answered. */
  constructor(callTime: () => number, now: () => number) {
    this.#callTime = callTime;
    this.#now = now;
  }

  watch(output: voice.AudioOutput | null): void {
    if (output === this.#output) return;
    this.#output = output;
    output?.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => (this.#startMs = this.#callTime()));
    output?.on(voice.AudioOutput.EVENT_PLAYBACK_PROGRESSED, (run: voice.PlaybackProgressedEvent) =>
      this.#progress(run),
    );
    output?.on(voice.AudioOutput.EVENT_PLAYBACK_FINISHED, (piece: voice.PlaybackFinishedEvent) =>
      this.#add(piece),
    );
  }

  /** The speech that is over now: its first sample to its last one, and how much audio that was. */
  take(): Span {
    const now = this.#callTime();
    const played = this.#played ?? { startMs: now, endMs: now, playedMs: 0 };
    this.#played = undefined;
    return played;
  }

  /**
   * A stretch was played without a pause; times by the wall clock. When the caller speaks the output pauses first, and only after a while
   * is the speech taken to be over: it was heard until the pause.
   */
  #progress({ startedAt, duration }: voice.PlaybackProgressedEvent): void {
    this.#endMs = this.#callTime() - Math.max(0, this.#now() - startedAt - duration);
  }

  /** `playbackPosition`: s of audio. */
  #add({ playbackPosition }: voice.PlaybackFinishedEvent): void {
    const { startMs = this.#startMs, playedMs = 0 } = this.#played ?? {};
    const endMs = Math.round(this.#endMs ?? this.#callTime());
    this.#endMs = undefined;
    this.#played = { startMs, endMs, playedMs: playedMs + Math.round(playbackPosition * 1000) };
  }
}
