import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { RecordError } from '../errors.ts';
import { type Archive, putObject, readObject } from './archive.ts';
import { isHeld, type Version, versionsUnder } from './versions.ts';

/** What holds a caller's data, the key first: with it gone the payloads are noise, whatever else fails. */
const erasable = [
  'key.json',
  'payloads.jsonl',
  'transcript.json',
  'transcript.txt',
  'transcript.vtt',
  'response.json',
  'recording.wav',
  'recording.opus',
  'enrichment.json',
];

/** A copy of a call's data outside the archive, or what of it could not be erased from here. */
export interface CopyErasure {
  /** Such as `search`, `backend`, `fhir`. */
  place: string;
  /** What there: document, case, resource. Ids only. */
  what: string;
  /** `absent`: there was none. `left`: it is still there, and `detail` says why. `elsewhere`: no command reaches it. */
  state: 'purged' | 'absent' | 'left' | 'elsewhere';
  detail?: string;
}

/** `erasure.json`: what was erased, by whom and why. Written before anything is, without copies, and again when all is done. */
export interface Erasure {
  version: 2;
  callId: string;
  at: string;
  who: string;
  reason: string;
  /** Objects whose every version was deleted, by this erasure or one before it. */
  objects: string[];
  copies?: CopyErasure[];
}

/**
 * Destroys a call's key and all that holds a caller's data in the archive, every version; has the copies elsewhere purged; and leaves
 * `erasure.json`. The log's headers, the roots and the checkpoints stay, and still verify. Again is no fault: what an earlier one
 * could not purge is tried again. @throws RecordError `unsealed`, `held` under a legal hold: then nothing is erased anywhere.
 */
export async function eraseCall(
  archive: Archive,
  prefix: string,
  { callId, at, who, reason }: Pick<Erasure, 'callId' | 'at' | 'who' | 'reason'>,
  purgeCopies: () => Promise<CopyErasure[]> = async () => [],
): Promise<Required<Erasure>> {
  const { found, doomed } = await erasableUnder(archive, prefix);
  await refuseHeld(archive, doomed);
  const objects = [...new Set([...(await erasedBefore(archive, prefix)), ...found])];
  const intent: Erasure = { version: 2, callId, at, who, reason, objects };
  await note(archive, prefix, intent);
  for (const { key, versionId } of doomed) await remove(archive, key, versionId);
  const erasure = { ...intent, copies: await purgeCopies() };
  await note(archive, prefix, erasure);
  return erasure;
}

/** @throws RecordError `held` when any of what would be erased is under a legal hold. */
export async function checkErasable(archive: Archive, prefix: string): Promise<void> {
  await refuseHeld(archive, (await erasableUnder(archive, prefix)).doomed);
}

async function erasableUnder(archive: Archive, prefix: string) {
  const versions = await versionsUnder(archive, prefix);
  const found = erasable.filter((name) => versions.some(({ key }) => key === `${prefix}${name}`));
  const doomed = found.flatMap((name) => versions.filter(({ key }) => key === `${prefix}${name}`));
  return { found, doomed };
}

async function refuseHeld(archive: Archive, doomed: readonly Version[]): Promise<void> {
  for (const one of doomed)
    if (await isHeld(archive, one))
      throw new RecordError(
        'held',
        `${one.key} is under a legal hold. Lift it first, or do not erase this call`,
      );
}

async function note(archive: Archive, prefix: string, erasure: Erasure): Promise<void> {
  const retainUntil = archive.retainUntil(new Date(erasure.at));
  await putObject(archive, `${prefix}erasure.json`, JSON.stringify(erasure), {
    lock: 'compliance',
    retainUntil,
  });
}

const earlierSchema = z.object({ objects: z.array(z.string()) });

/** What an earlier erasure named: the newest one alone is read when the record is proven. */
async function erasedBefore(archive: Archive, prefix: string): Promise<string[]> {
  const text = await readObject(archive, `${prefix}erasure.json`);
  return text === undefined ? [] : earlierSchema.parse(JSON.parse(text)).objects;
}

async function remove({ client, bucket }: Archive, key: string, versionId: string): Promise<void> {
  try {
    await client.send(
      new DeleteObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        BypassGovernanceRetention: true,
      }),
    );
  } catch (cause) {
    throw new RecordError('unsealed', `the archive did not delete ${key}`, { cause });
  }
}
