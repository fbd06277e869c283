import type { EventEmitter } from 'node:events';
import type { Room } from '@livekit/rtc-node';

/**
 * Leaves a room and lets go of it. @livekit/rtc-node 0.13.35 goes on listening for a room that the *server* has closed
 * (its `disconnect()` returns early then), and keeps every later event of the whole process in that room's memory: a
 * leak per call, and time that grows with the number of calls there have been.
 */
export async function releaseRoom(room: Room): Promise<void> {
  try {
    await room.disconnect();
  } finally {
    const client = (globalThis as { _ffiClientInstance?: EventEmitter })._ffiClientInstance;
    const listener: unknown = Reflect.get(room, 'onFfiEvent');
    if (typeof listener === 'function') client?.off('ffi_event', listener as () => void);
    room.removeAllListeners();
  }
}
