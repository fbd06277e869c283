import type { stt, tts, VAD } from '@livekit/agents';
import {
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  RoomEvent,
  TrackKind,
} from '@livekit/rtc-node';
import { type Clock, describeError, type Logger, newId } from '@vestibule/core';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { staffPrefix } from '../call/caller.ts';
import { type CallOut, codeOf } from './call-out.ts';
import { StaffEars } from './staff-ears.ts';
import { permit } from './track-permissions.ts';
import type { Person, TransferEvent } from './types.ts';
import { WhisperTrack } from './whisper.ts';

/** Staff who picked up have our whisper within this time, ms: the server answers in tens. */
const subscribedMs = 3000;

export interface StaffLegOptions {
  room: Room;
  /** The caller's identity in the room. */
  caller: string;
  rooms: RoomServiceClient;
  callOut: CallOut;
  tts: tts.TTS;
  stt: stt.STT;
  vad: VAD;
  clock: Clock;
  logger: Logger;
  /** Told of what happens to whoever is being tried. */
  onEvent: (event: TransferEvent) => void;
}

/**
 * Staff in a caller's room, on open-source LiveKit. Until they take the call three things are kept apart: our voice for the caller (track permissions,
 * before anybody is dialled), our whisper for staff (permissions, before it is published), and what the two of them say (each is
 * unsubscribed from the other's tracks while it still rings, and again before the first word is whispered).
 */
export class StaffLeg {
  readonly #options: StaffLegOptions;
  #identity: string | undefined;
  #whisper: WhisperTrack | undefined;
  #ears: StaffEars | undefined;
  #isAnswered = false;
  /** Caller and staff may hear each other. */
  #isOpen = false;
  #stopListening: () => void = () => {};

  constructor(options: StaffLegOptions) {
    this.#options = options;
  }

  /** Resolves when they have answered and are kept apart from the caller. Failures are told as events. */
  async dial(person: Person, at: number): Promise<void> {
    const { callOut, onEvent, room } = this.#options;
    try {
      const identity = (this.#identity = newId(staffPrefix.slice(0, -1)));
      this.#isAnswered = this.#isOpen = false;
      await this.#keepApart(identity);
      this.#listen(identity, person, at);
      await callOut.dial(room.name ?? '', identity, person);
      this.#isAnswered = true;
      await Promise.all([this.#part(), this.#untilHeard()]);
      onEvent(room.remoteParticipants.has(identity) ? { kind: 'answered', at } : { kind: 'left', at });
    } catch (error) {
      this.#options.logger.info('staff not reached', describeError(error));
      onEvent({ kind: 'failed', code: codeOf(error), at });
    }
  }

  /** The caller's call is given away. */
  async refer(person: Person, at: number): Promise<void> {
    const { callOut, caller, onEvent, room } = this.#options;
    try {
      await callOut.refer(room.name ?? '', caller, person);
      onEvent({ kind: 'referred', at });
    } catch (error) {
      onEvent({ kind: 'failed', code: codeOf(error), at });
    }
  }

  async whisper(words: string, at: number): Promise<void> {
    const { onEvent } = this.#options;
    try {
      if (await this.#whisper?.say(words)) onEvent({ kind: 'whispered', at });
    } catch (error) {
      this.#options.logger.warn('nothing whispered', describeError(error));
      onEvent({ kind: 'failed', code: 'no-voice', at });
    }
  }

  /** Caller, staff and agent hear each other. */
  async open(at: number): Promise<void> {
    const { logger, onEvent, room } = this.#options;
    try {
      this.#isOpen = true;
      this.#ears?.close();
      await this.#closeWhisper();
      permit(room, 'everybody');
      await this.#subscribe(true);
      onEvent({ kind: 'opened', at });
    } catch (error) {
      logger.warn('staff and caller not connected', describeError(error));
      onEvent({ kind: 'failed', code: 'not-connected', at });
    }
  }

  /** Whoever is in the room or being called is hung up on: of this worker's, and of one before it. Never rejects. */
  async drop(): Promise<void> {
    const { logger, room, rooms } = this.#options;
    this.#stopListening();
    this.#ears?.close();
    const staff = new Set([this.#identity, ...room.remoteParticipants.keys()]);
    this.#identity = undefined;
    for (const identity of staff)
      if (identity?.startsWith(staffPrefix))
        await rooms.removeParticipant(room.name ?? '', identity).catch((error: unknown) => {
          if ((error as { code?: string }).code !== 'not_found')
            logger.warn('staff not hung up on', describeError(error));
        });
  }

  /** After a take-over: goes on with whoever is in the room. @returns whether somebody is. */
  adopt(person: Person, at: number): boolean {
    const { room } = this.#options;
    const identity = [...room.remoteParticipants.keys()].find((one) => one.startsWith(staffPrefix));
    if (identity === undefined) return false;
    this.#identity = identity;
    this.#isAnswered = this.#isOpen = true;
    this.#listen(identity, person, at);
    return true;
  }

  /** Nothing more is heard or whispered. Our own voice is everybody's again. */
  async close(): Promise<void> {
    await this.drop();
    await this.#closeWhisper();
    permit(this.#options.room, 'everybody');
  }

  async #closeWhisper(): Promise<void> {
    const whisper = this.#whisper;
    this.#whisper = undefined;
    await whisper?.close(this.#options.room);
  }

  /**
   * Our tracks: the whisper is for staff, all others are for the caller. Each of the staff has a whisper of their own: permissions that
   * follow each other without a round trip to the server between them may arrive in either order.
   */
  async #keepApart(staff: string): Promise<void> {
    const { caller, room, tts } = this.#options;
    await this.#closeWhisper();
    const ofCaller = {
      identity: caller,
      tracks: [...(room.localParticipant?.trackPublications.keys() ?? [])],
    };
    permit(room, [ofCaller]);
    this.#whisper = await WhisperTrack.publish(room, tts);
    permit(room, [ofCaller, { identity: staff, tracks: [this.#whisper.sid] }]);
  }

  /** Whoever picked up would miss what is whispered before they have the track. */
  async #untilHeard(): Promise<void> {
    const { clock, logger } = this.#options;
    const late = new AbortController();
    const isLate = clock.sleep(subscribedMs, late.signal).then(() => !late.signal.aborted);
    if (await Promise.race([isLate, this.#whisper?.heard.then(() => false)]))
      logger.warn('staff may not hear us', { code: 'not-subscribed' });
    late.abort();
  }

  #listen(identity: string, person: Person, at: number): void {
    const { room, onEvent } = this.#options;
    const isTheirs = (who: Participant | undefined) => who?.identity === identity;
    let rings = false;
    const onAttributes = (changed: Readonly<Record<string, string>>, who: Participant) => {
      if (rings || !isTheirs(who) || changed['sip.callStatus'] !== 'ringing') return;
      rings = true;
      onEvent({ kind: 'ringing', at });
    };
    const onJoined = (who: RemoteParticipant) => {
      onPublished(undefined, who);
      onAttributes(who.attributes, who);
    };
    const onPublished = (_: unknown, who: RemoteParticipant) => {
      if (isTheirs(who) && !this.#isOpen) void this.#part().catch(() => {});
    };
    const onTrack = (track: RemoteTrack, _: unknown, who: RemoteParticipant) => {
      if (isTheirs(who) && track.kind === TrackKind.KIND_AUDIO && !this.#isOpen)
        this.#hear(track, person, at);
    };
    const onKey = (_code: number, digit: string, who: RemoteParticipant | undefined) => {
      if (isTheirs(who)) onEvent({ kind: 'key', digit, at });
    };
    const onGone = (who: Participant) => {
      // Who never answered is told of by whoever waits for the answer, with the reason.
      if (isTheirs(who) && this.#isAnswered) onEvent({ kind: 'left', at });
    };
    // Tracks that were published anew have other sids, which nobody was permitted: the next attempt begins with them.
    const onReconnected = () => {
      if (this.#isOpen || room.localParticipant?.trackPublications.has(this.#whisper?.sid ?? '')) return;
      this.#whisper = undefined;
      onEvent({ kind: 'failed', code: 'room-lost', at });
    };
    const handlers = [
      [RoomEvent.ParticipantAttributesChanged, onAttributes],
      [RoomEvent.ParticipantConnected, onJoined],
      [RoomEvent.TrackPublished, onPublished],
      [RoomEvent.TrackSubscribed, onTrack],
      [RoomEvent.DtmfReceived, onKey],
      [RoomEvent.ParticipantDisconnected, onGone],
      [RoomEvent.Reconnected, onReconnected],
    ] as const;
    this.#stopListening();
    for (const [event, handler] of handlers) room.on(event, handler);
    this.#stopListening = () => {
      for (const [event, handler] of handlers) room.off(event, handler);
    };
  }

  #hear(track: RemoteTrack, { accept }: Person, at: number): void {
    const { clock, logger, onEvent, stt, vad } = this.#options;
    this.#ears?.close();
    const ears = (this.#ears = new StaffEars({
      track,
      vad,
      clock,
      stt: accept === 'key' ? undefined : stt,
      onMonologue: () => onEvent({ kind: 'monologue', at }),
      onSaid: (yes) => onEvent({ kind: 'said', yes, at }),
    }));
    // Keys count all the same.
    ears.listen().catch((error: unknown) => logger.warn('staff not heard', describeError(error)));
  }

  /** Neither the caller hears staff, nor staff the caller. */
  async #part(): Promise<void> {
    if (!this.#isOpen) await this.#subscribe(false);
  }

  async #subscribe(hear: boolean): Promise<void> {
    const { caller, room, rooms } = this.#options;
    const staff = this.#identity;
    if (staff === undefined) return;
    const tracks = (identity: string) => [
      ...(room.remoteParticipants.get(identity)?.trackPublications.keys() ?? []),
    ];
    const own = hear ? [...(room.localParticipant?.trackPublications.keys() ?? [])] : [];
    const name = room.name ?? '';
    const update = (listener: string, sids: string[]) =>
      sids.length === 0 ? undefined : rooms.updateSubscriptions(name, listener, sids, hear);
    await Promise.all([update(caller, tracks(staff)), update(staff, [...tracks(caller), ...own])]);
  }
}
