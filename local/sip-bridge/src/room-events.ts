import type { EventEmitter } from 'node:events';
import type { DisconnectReason, Room } from '@livekit/rtc-node';

interface FfiEvent {
  message: { case?: string; value?: { asyncId?: bigint } };
}
type Listener = (event: FfiEvent) => void;

const filters = new WeakMap<Room, Listener>();

/** The emitter through which @livekit/rtc-node hands every native event of the process to every room. */
function nativeEvents(): NativeClient | undefined {
  return (globalThis as { _ffiClientInstance?: NativeClient })._ffiClientInstance;
}

interface NativeClient extends EventEmitter {
  request: (request: object) => { asyncId: bigint };
  waitFor: (fits: (event: FfiEvent) => boolean) => Promise<unknown>;
}

function ownListener(room: Room): Listener | undefined {
  const listener: unknown = Reflect.get(room, 'onFfiEvent');
  return typeof listener === 'function' ? (listener as Listener) : undefined;
}

/**
 * Keeps audio frames away from a joined room's event handling. @livekit/rtc-node 0.13.35 gives every audio frame of every
 * call to every room, which takes a lock for each and then finds that it is none of its business: with ten calls
 * most of the process's time. Rooms care for these two kinds alone (see `Room.processFfiEvent`).
 */
export function quietRoom(room: Room): void {
  const events = nativeEvents();
  const listener = ownListener(room);
  if (!events || !listener || !events.listeners('ffi_event').includes(listener)) return;
  const filter: Listener = (event) => {
    if (event.message.case === 'roomEvent' || event.message.case === 'rpcMethodInvocation') listener(event);
  };
  filters.set(room, filter);
  events.on('ffi_event', filter);
  events.off('ffi_event', listener);
}

/**
 * Leaves a room and lets go of it. The library goes on listening for a room that the *server* has closed (its
 * `disconnect()` returns early then), and keeps every later event of the process in that room's memory.
 */
export async function releaseRoom(room: Room, reason?: DisconnectReason): Promise<void> {
  try {
    if (reason !== undefined && room.isConnected) await leaveFor(room, reason);
    await room.disconnect();
  } finally {
    const events = nativeEvents();
    for (const listener of [ownListener(room), filters.get(room)])
      if (listener) events?.off('ffi_event', listener);
    room.removeAllListeners();
  }
}

/** Tells the server why: the native library can, `room.disconnect()` has no parameter for it. */
async function leaveFor(room: Room, reason: DisconnectReason): Promise<void> {
  const client = nativeEvents();
  const { handle: roomHandle } = (Reflect.get(room, 'ffiHandle') ?? {}) as { handle?: bigint };
  if (!client || roomHandle === undefined) return;
  const { asyncId } = client.request({ message: { case: 'disconnect', value: { roomHandle, reason } } });
  await client.waitFor(({ message }) => message.case === 'disconnect' && message.value?.asyncId === asyncId);
}
