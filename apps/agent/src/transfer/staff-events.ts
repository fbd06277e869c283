import {
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  RoomEvent,
  TrackKind,
} from '@livekit/rtc-node';

/** What happens to one participant on the telephone. */
export interface StaffEvents {
  /** Once. */
  onRinging: () => void;
  /** They are in the room, or have a new track there. */
  onPublished: () => void;
  onAudio: (track: RemoteTrack) => void;
  onKey: (digit: string) => void;
  onGone: () => void;
  /** Our own connection to the room was made anew. */
  onReconnected: () => void;
}

/** Tells of whoever has, or will have, this identity in the room. @returns the function that ends it. */
export function watchStaff(room: Room, identity: string, events: StaffEvents): () => void {
  const isTheirs = (who: Participant | undefined) => who?.identity === identity;
  let rings = false;
  const onAttributes = (changed: Readonly<Record<string, string>>, who: Participant) => {
    if (rings || !isTheirs(who) || changed['sip.callStatus'] !== 'ringing') return;
    rings = true;
    events.onRinging();
  };
  const handlers = [
    [RoomEvent.ParticipantAttributesChanged, onAttributes],
    [
      RoomEvent.ParticipantConnected,
      (who: RemoteParticipant) => {
        if (isTheirs(who)) events.onPublished();
        onAttributes(who.attributes, who);
      },
    ],
    [
      RoomEvent.TrackPublished,
      (_: unknown, who: RemoteParticipant) => void (isTheirs(who) && events.onPublished()),
    ],
    [
      RoomEvent.TrackSubscribed,
      (track: RemoteTrack, _: unknown, who: RemoteParticipant) => {
        if (isTheirs(who) && track.kind === TrackKind.KIND_AUDIO) events.onAudio(track);
      },
    ],
    [
      RoomEvent.DtmfReceived,
      (_: number, digit: string, who: RemoteParticipant | undefined) =>
        void (isTheirs(who) && events.onKey(digit)),
    ],
    [RoomEvent.ParticipantDisconnected, (who: Participant) => void (isTheirs(who) && events.onGone())],
    [RoomEvent.Reconnected, () => events.onReconnected()],
  ] as const;
  for (const [event, handler] of handlers) room.on(event, handler);
  return () => {
    for (const [event, handler] of handlers) room.off(event, handler);
  };
}
