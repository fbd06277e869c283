import type { ReadableStreamDefaultReader } from 'node:stream/web';
import { type Clock, describeError, type Logger } from '@vestibule/core';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  DisconnectReason,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { DelayTrimmer, g711SampleRate, frameMs } from '@vestibule/local-telephony';
import { Mixer } from './mixer.ts';
import { quietRoom, releaseRoom } from './room-events.ts';

export interface RoomLegEvents {
  /** A participant's audio track has been subscribed. */
  onAudio: () => void;
  /** Digits that a participant published. */
  onDigits: (digits: string) => void;
  /** The server has put us out: room deleted, removed, or another with our identity. */
  onRemoved: (reason: DisconnectReason) => void;
}

export interface RoomLegOptions extends RoomLegEvents {
  url: string;
  identity: string;
  /** A fresh access token. */
  token: () => Promise<string>;
  /** Whether the server shows us in the room, with our track. Rejects when it does not answer. */
  isSeen: () => Promise<boolean>;
  /** Aborted when the call is over, which may be before the room is joined. */
  signal: AbortSignal;
  clock: Clock;
  logger: Logger;
}

/** Our half of the call in the room, behind an interface so that a call's rules can be tested without media. */
export interface RoomLeg {
  /** 160 samples from the caller. */
  hear(samples: Int16Array): void;
  /** 160 samples for the caller, or undefined while nobody speaks. */
  say(): Int16Array | undefined;
  pressKey(digit: string): void;
  /** Sets attributes of ours; those not named stay. Resolves when the server has them; never rejects. */
  setAttributes(attributes: Readonly<Record<string, string>>): Promise<void>;
  /** Our attributes as the server has them now, also after the room is gone. */
  attributes(): Readonly<Record<string, string>>;
  /** The server's ids of our participant and of the room, as far as they are known. Never rejects. */
  ids(): Promise<{ participantId: string; roomId: string }>;
  /** @param reason default CLIENT_INITIATED. */
  leave(reason?: DisconnectReason): Promise<void>;
}

/** A zero-length queue is silent, and less than this lets jitter of the event loop through. ms */
const sourceQueueMs = 200;
/** What the queue needs; more than this for a second is a delay that a stall left behind. ms */
const sourceNeedsMs = 2 * frameMs;
const rejoinMs = 1000;
/** After the library has reconnected by itself: until everybody should see us again. */
const seenMs = 2000;
/** How long leaving waits for a room that is being joined, or that the library does not let go of. */
const leaveMs = 5000;
const digits = '0123456789*#abcd';

/** The server's own decisions; anything else is a lost connection, after which we come back. */
const removals: DisconnectReason[] = [
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.DUPLICATE_IDENTITY,
  DisconnectReason.PARTICIPANT_REMOVED,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
];

/** The SIP participant, by @livekit/rtc-node. Audio is 8 kHz mono in frames of 20 ms; the library resamples. */
export class LiveKitRoomLeg implements RoomLeg {
  readonly #options: RoomLegOptions;
  readonly #mixer = new Mixer();
  readonly #trimmer = new DelayTrimmer();
  #room: Room | undefined;
  #source: AudioSource | undefined;
  #attributes: Record<string, string> = {};
  #left = new AbortController();
  #rejoining: Promise<void> | undefined;
  readonly #readers = new Set<ReadableStreamDefaultReader<AudioFrame>>();

  private constructor(options: RoomLegOptions) {
    this.#options = options;
  }

  /** Joins and publishes the caller's track. Rejects when the room cannot be joined. */
  static async join(options: RoomLegOptions): Promise<RoomLeg> {
    const leg = new LiveKitRoomLeg(options);
    await leg.#connect();
    return leg;
  }

  hear(samples: Int16Array): void {
    const source = this.#source;
    if (!source || source.queuedDuration > sourceQueueMs) return;
    if (this.#trimmer.leavesOut(source.queuedDuration > sourceNeedsMs, samples)) return;
    const frame = new AudioFrame(samples, g711SampleRate, 1, samples.length);
    source.captureFrame(frame).catch(() => undefined);
  }

  say(): Int16Array | undefined {
    return this.#mixer.pull();
  }

  pressKey(digit: string): void {
    const key = digit.toLowerCase();
    this.#room?.localParticipant
      ?.publishDtmf(digits.indexOf(key), key)
      .catch((error: unknown) => this.#options.logger.warn('key not published', describeError(error)));
  }

  async setAttributes(attributes: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.#room?.localParticipant?.setAttributes({ ...attributes });
    } catch (error) {
      this.#options.logger.warn('attributes not set', describeError(error));
    }
  }

  attributes(): Readonly<Record<string, string>> {
    return this.#room?.localParticipant?.attributes ?? this.#attributes;
  }

  async ids(): Promise<{ participantId: string; roomId: string }> {
    const participantId = this.#room?.localParticipant?.sid ?? '';
    // Rejects when the room is lost.
    const roomId = await this.#room?.getSid().catch(() => '');
    return { participantId, roomId: roomId ?? '' };
  }

  async leave(reason?: DisconnectReason): Promise<void> {
    if (this.#left.signal.aborted) return;
    this.#attributes = { ...this.attributes() };
    this.#left.abort();
    await this.#disconnect(reason);
    // A room that is just being joined again is left by #connect, unless the server is out of reach.
    if (this.#rejoining) await this.#inTime(this.#rejoining);
  }

  async #inTime(leaving: Promise<void>): Promise<void> {
    const stop = new AbortController();
    try {
      await Promise.race([leaving, this.#options.clock.sleep(leaveMs, stop.signal)]);
    } finally {
      stop.abort();
    }
  }

  /** Rejects with no room left behind; one that comes after `leave` is left at once. */
  async #connect(): Promise<void> {
    const room = new Room();
    this.#listen(room);
    try {
      const token = await this.#options.token();
      await room.connect(this.#options.url, token, { autoSubscribe: true, dynacast: false });
      quietRoom(room);
      this.#room = room;
      if (!this.#options.signal.aborted) await this.#publish(room);
    } catch (error) {
      this.#room = room;
      await this.#disconnect();
      throw error;
    }
    if (this.#left.signal.aborted) await this.#disconnect();
  }

  async #publish(room: Room): Promise<void> {
    this.#source = new AudioSource(g711SampleRate, 1, sourceQueueMs);
    const track = LocalAudioTrack.createAudioTrack(this.#options.identity, this.#source);
    const options = new TrackPublishOptions({
      source: TrackSource.SOURCE_MICROPHONE,
      stream: 'camera',
      red: false,
      dtx: false,
    });
    await room.localParticipant!.publishTrack(track, options);
  }

  #listen(room: Room): void {
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind !== TrackKind.KIND_AUDIO) return;
      this.#options.onAudio();
      void this.#play(track);
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#mixer.remove(track.sid ?? ''));
    room.on(RoomEvent.Reconnected, () => void this.#verify(room));
    room.on(RoomEvent.DtmfReceived, (_code, digit) => this.#options.onDigits(digit));
    room.on(RoomEvent.Disconnected, (reason) => {
      this.#attributes = { ...(room.localParticipant?.attributes ?? this.#attributes) };
      if (this.#left.signal.aborted || room !== this.#room) return;
      if (removals.includes(reason)) this.#options.onRemoved(reason);
      else this.#rejoining ??= this.#rejoin();
    });
  }

  async #play(track: RemoteTrack): Promise<void> {
    const id = track.sid ?? '';
    const options = { sampleRate: g711SampleRate, numChannels: 1, frameSizeMs: frameMs };
    let reader: ReadableStreamDefaultReader<AudioFrame> | undefined;
    try {
      // Of a room that is being left the native track may be gone already: this throws then.
      reader = new AudioStream(track, options).getReader();
      this.#readers.add(reader);
      for (let read = await reader.read(); !read.done; read = await reader.read())
        this.#mixer.push(id, read.value.data);
    } catch (error) {
      this.#options.logger.warn('track ended', describeError(error));
    }
    if (reader) this.#readers.delete(reader);
    this.#mixer.remove(id);
  }

  /**
   * After a restart of the server @livekit/rtc-node 0.13.35 sometimes says that it has reconnected when it has not: the
   * server shows nobody, and nothing more comes. Then we join anew. Never rejects.
   */
  async #verify(room: Room): Promise<void> {
    const { clock, isSeen, logger } = this.#options;
    await clock.sleep(seenMs, this.#left.signal);
    const seen = await isSeen().catch(() => true);
    if (seen || this.#left.signal.aborted || room !== this.#room) return;
    logger.warn('reconnected, but not seen in the room');
    this.#rejoining ??= this.#rejoin();
  }

  /** Never rejects. */
  async #rejoin(): Promise<void> {
    const { clock, logger } = this.#options;
    logger.warn('room lost');
    while (!this.#left.signal.aborted) {
      await clock.sleep(rejoinMs, this.#left.signal);
      if (this.#left.signal.aborted) return;
      try {
        await this.#disconnect();
        await this.#connect();
        this.#rejoining = undefined;
        logger.info('room joined again');
        return;
      } catch (error) {
        logger.debug('room not joined', describeError(error));
      }
    }
  }

  async #disconnect(reason?: DisconnectReason): Promise<void> {
    const [room, source] = [this.#room, this.#source];
    this.#room = undefined;
    this.#source = undefined;
    try {
      for (const reader of this.#readers) await reader.cancel();
      await source?.close();
      if (room) await this.#inTime(releaseRoom(room, reason));
    } catch (error) {
      this.#options.logger.debug('leaving failed', describeError(error));
    }
  }
}
