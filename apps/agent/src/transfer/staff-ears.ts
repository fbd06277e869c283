import { stt as speech, type VAD, VADEventType } from '@livekit/agents';
import type { RemoteTrack } from '@livekit/rtc-node';
import type { Clock } from '@vestibule/core';
import { parseYesNo } from '@vestibule/questionnaire';
import { hearTrack } from '../speech/hear-track.ts';

/** Whoever picks up says a few words; a machine goes on for longer than this without a pause, ms. */
const monologueMs = 4000;

export interface StaffEarsOptions {
  track: RemoteTrack;
  vad: VAD;
  /** Undefined where only keys count. */
  stt: speech.STT | undefined;
  clock: Clock;
  onMonologue: () => void;
  /** `yes`: undefined when it was neither that nor a no. */
  onSaid: (yes: boolean | undefined) => void;
}

/** Listens to whoever was called: how long they talk, and a yes or a no. What they say is kept nowhere. */
export class StaffEars {
  readonly #options: StaffEarsOptions;
  readonly #closed = new AbortController();

  constructor(options: StaffEarsOptions) {
    this.#options = options;
  }

  /** Resolves when nothing more comes, or `close` is called. */
  listen(): Promise<void> {
    const { track, vad, stt } = this.#options;
    return hearTrack(track, {
      ...{ vad, stt, signal: this.#closed.signal },
      voice: (events) => this.#time(events),
      words: (events) => this.#understand(events),
    });
  }

  close(): void {
    this.#closed.abort();
  }

  async #time(events: AsyncIterable<{ type: VADEventType }>): Promise<void> {
    const { clock, onMonologue } = this.#options;
    let pause = new AbortController();
    for await (const { type } of events) {
      if (type === VADEventType.END_OF_SPEECH) pause.abort();
      if (type !== VADEventType.START_OF_SPEECH) continue;
      pause.abort();
      const { signal } = (pause = new AbortController());
      void clock.sleep(monologueMs, signal).then(() => {
        if (!signal.aborted && !this.#closed.signal.aborted) onMonologue();
      });
    }
    pause.abort();
  }

  async #understand(events: AsyncIterable<speech.SpeechEvent>): Promise<void> {
    for await (const { type, alternatives } of events) {
      if (type !== speech.SpeechEventType.FINAL_TRANSCRIPT) continue;
      const text = alternatives?.[0]?.text ?? '';
      if (text !== '') this.#options.onSaid(takesCall(text));
    }
  }
}

/** "Yes", "I'll take it", "put them through"; undefined when it is neither that nor a no. */
export function takesCall(words: string): boolean | undefined {
  if (/\b(?:take (?:it|the call|them|her|him)|put (?:them|her|him) through)\b/i.test(words)) {
    return !/\b(?:not|can['’]?t|cannot|won['’]?t|don['’]?t)\b/i.test(words);
  }
  return parseYesNo(words)?.yes;
}
