import {
  AudioSource,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { describeError, newId } from '@vestibule/core';
import type { Prepared } from '../speech/prepared.ts';
import type { CallFacts } from './caller.ts';
import type { CallDependencies } from './dependencies.ts';
import { agentToken } from './agent-token.ts';
import { agentPrefix, hangUp } from './hang-up.ts';

/** A take-over is heard earlier than this, ms; so nobody else speaks when these words are begun. */
const firstAfterMs = 2500;
const everyMs = 7000;
/** After so much waiting the caller is asked to call again, ms. */
const limitMs = 45_000;

/** Fixed words that a caller heard while nothing could be written; times by the wall clock, ms. */
export interface HeldWords {
  words: string;
  startedAt: number;
  endedAt: number;
}

/**
 * Speaks to a caller while the log store is out of reach and it is not known whose the call is: fixed words made into speech beforehand, no
 * questions, no tools. Another agent in the room means that the call is theirs: `onTaken`. Ends with `known`; never rejects. @returns what was said.
 */
export async function holdTheLine(
  d: CallDependencies,
  facts: CallFacts,
  known: AbortSignal,
  onTaken: () => void,
): Promise<HeldWords[]> {
  const { clock, prepared, rooms } = d;
  const logger = d.logger.with({ callId: facts.callId });
  await clock.sleep(firstAfterMs, known);
  const said: HeldWords[] = [];
  if (known.aborted) return said;
  const over = new AbortController();
  const signal = AbortSignal.any([known, over.signal]);
  const voice = new HoldingVoice(facts.identity, (isTaken) => {
    over.abort();
    if (isTaken) onTaken();
  });
  const say = async (prepared: Prepared | undefined) => {
    if (!prepared || signal.aborted) return;
    const startedAt = clock.now();
    await voice.say(prepared, signal);
    said.push({ words: prepared.words, startedAt, endedAt: clock.now() });
  };
  try {
    const identity = `${agentPrefix}${newId('holding')}`;
    await voice.join(d.livekit.url, await agentToken(d.livekit, facts.room, identity));
    logger.warn('holding the line');
    const until = clock.monotonic() + limitMs;
    while (!signal.aborted && clock.monotonic() < until) {
      await say(prepared.holding);
      await clock.sleep(everyMs, signal);
    }
    if (signal.aborted) return said;
    await say(prepared.outage);
    await voice.leave();
    await hangUp(rooms, facts.room, logger);
  } catch (error) {
    logger.warn('line not held', describeError(error));
  } finally {
    await voice.leave();
  }
  return said;
}

/** Prepared words in a room, without a session. */
class HoldingVoice {
  readonly #room = new Room();
  readonly #caller: string;
  readonly #onOver: (isTaken: boolean) => void;
  #source: AudioSource | undefined;

  constructor(caller: string, onOver: (isTaken: boolean) => void) {
    this.#caller = caller;
    this.#onOver = onOver;
  }

  async join(url: string, token: string): Promise<void> {
    const isAgent = (identity: string) => identity.startsWith(agentPrefix);
    this.#room.on(RoomEvent.ParticipantConnected, ({ identity }) => isAgent(identity) && this.#stop(true));
    this.#room.on(
      RoomEvent.ParticipantDisconnected,
      ({ identity }) => identity === this.#caller && this.#stop(false),
    );
    this.#room.on(RoomEvent.Disconnected, () => this.#stop(true));
    await this.#room.connect(url, token, { autoSubscribe: false, dynacast: false });
    if ([...this.#room.remoteParticipants.values()].some(({ identity }) => isAgent(identity)))
      this.#stop(true);
  }

  async say(words: Prepared, signal: AbortSignal): Promise<void> {
    for await (const frame of words.audio()) {
      this.#source ??= await this.#publish(frame.sampleRate, frame.channels);
      if (signal.aborted) return;
      await this.#source.captureFrame(frame);
    }
    await this.#source?.waitForPlayout();
  }

  async leave(): Promise<void> {
    this.#room.removeAllListeners();
    await this.#room.disconnect().catch(() => {});
  }

  async #publish(sampleRate: number, channels: number): Promise<AudioSource> {
    const source = new AudioSource(sampleRate, channels);
    const track = LocalAudioTrack.createAudioTrack('holding', source);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await this.#room.localParticipant?.publishTrack(track, options);
    return source;
  }

  #stop(isTaken: boolean): void {
    this.#source?.clearQueue();
    this.#onOver(isTaken);
  }
}
