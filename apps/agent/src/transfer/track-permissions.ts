import type { Room } from '@livekit/rtc-node';
import { CodedError } from '@vestibule/core';

/** Who may hear which of our tracks, by sid. `everybody`: all of them, whoever comes. */
export type Permissions = 'everybody' | readonly { identity: string; tracks: readonly string[] }[];

interface NativeClient {
  request: (request: object) => unknown;
}

/**
 * Tells LiveKit Server who may subscribe to our tracks. It holds from the next message on, so that a track which is published after it is never
 * heard by anybody else, not even for a frame. The native library can do this (`SetTrackSubscriptionPermissions`); @livekit/rtc-node
 * 0.13.35 has no method for it.
 * @throws CodedError `no-permissions` where the library has changed: then nothing may be whispered.
 */
export function permit({ localParticipant }: Room, permissions: Permissions): void {
  const client = (globalThis as { _ffiClientInstance?: NativeClient })._ffiClientInstance;
  const localParticipantHandle = localParticipant?.ffi_handle.handle;
  if (!client || localParticipantHandle === undefined)
    throw new CodedError('no-permissions', 'track permissions cannot be set');
  const list = permissions === 'everybody' ? [] : permissions;
  client.request({
    message: {
      case: 'setTrackSubscriptionPermissions',
      value: {
        localParticipantHandle,
        allParticipantsAllowed: permissions === 'everybody',
        permissions: list.map(({ identity, tracks }) => ({
          participantIdentity: identity,
          allowedTrackSids: [...tracks],
        })),
      },
    },
  });
}
