import type { Clock } from '@vestibule/core';
import type { Recording } from '../archive/seal.ts';
import { RecordError } from '../errors.ts';
import { CallLog } from '../log/call-log.ts';
import { type Entry, type Payload, payloadOf } from '../log/entries.ts';
import { openEntry } from '../log/sealed-entry.ts';
import type { CallKeys } from '../payload/call-keys.ts';
import type { Lease, LogStore } from '../store/store.ts';

/**
 * A call's audio on its way into the archive is a second log in the same store: under the call's own key, with a lease of its own (the
 * recorder's), gone as soon as the call is sealed. It is no part of the call's record; what it comes to is.
 */
export const audioLogId = (callId: string) => `${callId}:audio`;

/**
 * The recorder's view of it, after what another recorder left there.
 * @param lease of `audioLogId(callId)`. @throws RecordError; `erased` when the call has no key any more.
 */
export async function openAudioLog(
  store: LogStore,
  lease: Lease,
  { callId, keys, clock }: { callId: string; keys: Pick<CallKeys, 'unwrap'>; clock: Clock },
): Promise<CallLog> {
  const wrapped = await store.wrappedKey(callId);
  if (wrapped === undefined) throw new RecordError('erased', 'the call has no key');
  await store.keepKey(lease, wrapped);
  const sameKey: CallKeys = {
    unwrap: (_, known) => keys.unwrap(callId, known),
    create: async () => Promise.reject(new RecordError('erased', 'the call has no key')),
  };
  return CallLog.open(store, lease, sameKey, clock);
}

const nothing: Recording = { body: new Uint8Array(), format: 'opus', startMs: 0 };

/** So many bytes of the file go into an entry. */
const partBytes = 256 * 1024;

/** Hands the file over to whoever seals the call. `recording`: undefined when there is nothing to seal. */
export async function finishAudio(log: CallLog, recording: Recording | undefined): Promise<void> {
  const { body, format, startMs, gaps = [] } = recording ?? nothing;
  const parts = Math.ceil(body.length / partBytes);
  for (let part = 0; part < Math.max(1, parts); part++) {
    const piece = body.subarray(part * partBytes, (part + 1) * partBytes);
    const piiBody = Buffer.from(piece).toString('base64');
    await log.append('recording', { format, startMs, part, parts, gaps: [...gaps], piiBody });
  }
}

/** Whether nothing more comes. */
export function isFinished(entries: readonly Entry[]): boolean {
  const last = entries.at(-1);
  const recording = last && payloadOf(last, 'recording');
  return recording !== undefined && recording.part + 1 >= recording.parts;
}

/** Destroys the call's audio in the log store. */
export async function forgetAudio(store: LogStore, callId: string): Promise<void> {
  await store.expire(audioLogId(callId), 0);
}

const pollMs = 500;
/** A call whose audio nobody has begun to take by then is not recorded at all. */
const beginMs = 5000;

/**
 * The call's recording, once the recorder has handed it over. @returns undefined when there is none: nobody records, nothing was recorded,
 * or it was not there in time. @throws RecordError
 */
export async function awaitRecording(
  store: LogStore,
  { callId, key, clock, waitMs }: { callId: string; key: Buffer; clock: Clock; waitMs: number },
): Promise<Recording | undefined> {
  const beganAt = clock.monotonic();
  const parts: Payload<'recording'>[] = [];
  let seen = 0;
  for (;;) {
    for (const entry of await store.read(audioLogId(callId), seen)) {
      seen = entry.header.seq + 1;
      const part = entry.header.kind === 'recording' && payloadOf(openEntry(key, entry), 'recording');
      if (part) parts.push(part);
    }
    const last = parts.at(-1);
    if (last && last.part + 1 >= last.parts) return assembled(parts);
    const waited = clock.monotonic() - beganAt;
    const isBegun = seen > 0 || (await store.holder(audioLogId(callId))) !== undefined;
    if (waited >= (isBegun ? waitMs : Math.min(beginMs, waitMs))) return undefined;
    await clock.sleep(pollMs);
  }
}

/** A recorder that was taken over while it handed the file over left the beginning of one. */
function assembled(written: readonly Payload<'recording'>[]): Recording | undefined {
  const from = written.findLastIndex(({ part }) => part === 0);
  const parts = written.slice(from);
  const { format, startMs, gaps, parts: count } = parts[0]!;
  if (count === 0) return undefined;
  const body = Buffer.concat(parts.map(({ piiBody }) => Buffer.from(piiBody, 'base64')));
  return { body, format, startMs, gaps };
}
