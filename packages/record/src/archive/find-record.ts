import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { RecordError } from '../errors.ts';
import { checkpointTime, journalPrefix } from '../journal/keys.ts';
import { sightingLeaves } from '../journal/journal.ts';
import { inclusionProof } from '../merkle/tree.ts';
import {
  type SightedCheckpoint,
  sightedCheckpointSchema,
  signedCallRootSchema,
  signedCheckpointSchema,
} from '../signing/statements.ts';
import { sha256Hex } from '../digest.ts';
import type { FoundRecord } from '../verify/verify-record.ts';
import { type Archive, keysUnder, readBytes, readObject } from './archive.ts';
import { parseExport } from './exported.ts';

type Place = Pick<Archive, 'client' | 'bucket'>;
type Texts = ReadonlyMap<string, string>;

const withheldSchema = z.object({ objects: z.array(z.string()) });
const keySchema = z.object({ version: z.literal(1), wrapped: z.base64() });

/** A record with what is not part of the proof: the call's wrapped key, and every object's text by name. */
export interface StoredRecord extends FoundRecord {
  prefix: string;
  wrapped?: string;
  texts: Texts;
  /** The call's audio, where there is any. */
  recording?: { name: string; body: Uint8Array };
}

/** The key prefix of a sealed call, or of what there is of one. Undefined when the archive has nothing of it. */
export async function findCall(archive: Place, tenant: string, callId: string): Promise<string | undefined> {
  const wanted = `/${callId}/`;
  const key = (await keysUnder(archive, `${tenant}/`)).find(
    (one) => one.includes(wanted) && !one.includes('/journal/'),
  );
  return key?.slice(0, key.indexOf(wanted) + wanted.length);
}

/** Reads a call's objects and the checkpoints that saw it. @throws RecordError `corrupt` */
export async function readArchived(archive: Place, tenant: string, prefix: string): Promise<StoredRecord> {
  const keys = await keysUnder(archive, prefix);
  const files = new Map<string, Buffer>();
  await Promise.all(
    keys.map(async (key) =>
      files.set(key.slice(prefix.length), (await readBytes(archive, key)) ?? Buffer.alloc(0)),
    ),
  );
  const callId = basename(prefix);
  const record = recordOf(files, callId);
  const checkpoints = await checkpointsOf(archive, tenant, callId, record);
  return { ...record, checkpoints, prefix };
}

/** Reads a folder that `record export` made. @throws RecordError `corrupt` */
export function readFolder(folder: string, callId?: string): StoredRecord {
  const names = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile());
  const record = recordOf(
    new Map(names.map(({ name }) => [name, readFileSync(join(folder, name))] as const)),
    callId,
  );
  const checkpoints = (record.texts.get('checkpoints.jsonl') ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => parse(sightedCheckpointSchema, line, 'checkpoints.jsonl'));
  return { ...record, checkpoints, prefix: folder };
}

const isRecording = (name: string) => name.startsWith('recording.');

function recordOf(
  files: ReadonlyMap<string, Buffer>,
  callId: string | undefined,
): Omit<StoredRecord, 'checkpoints' | 'prefix'> {
  const recording = [...files].find(([name]) => isRecording(name));
  const texts = new Map(
    [...files].flatMap(([name, body]) => (isRecording(name) ? [] : [[name, body.toString('utf8')]])),
  );
  const { entries, lines, faults } = parseExport(
    texts.get('entries.jsonl') ?? '',
    texts.get('payloads.jsonl') ?? '',
  );
  const root = texts.get('root.json');
  const key = texts.get('key.json');
  return {
    ...(callId === undefined ? {} : { callId }),
    entries,
    lines,
    lineFaults: faults,
    ...(root === undefined ? {} : { root: parse(signedCallRootSchema, root, 'root.json') }),
    objects: new Map([...files].map(([name, body]) => [name, sha256Hex(body)])),
    withheld: ['withheld.json', 'erasure.json'].flatMap((name) => {
      const text = texts.get(name);
      return text === undefined ? [] : parse(withheldSchema, text, name).objects;
    }),
    ...(key === undefined ? {} : { wrapped: parse(keySchema, key, 'key.json').wrapped }),
    texts,
    ...(recording ? { recording: { name: recording[0], body: recording[1] } } : {}),
  };
}

/** Checkpoints are written within seconds; one that waited for the archive may come minutes after the end. */
const slackMs = 15 * 60_000;

async function checkpointsOf(
  archive: Place,
  tenant: string,
  callId: string,
  { entries, root }: Pick<FoundRecord, 'entries' | 'root'>,
): Promise<SightedCheckpoint[]> {
  const first = Date.parse(entries[0]?.header.at ?? '');
  const last = Date.parse(root?.statement.at ?? entries.at(-1)?.header.at ?? '');
  if (Number.isNaN(first)) return [];
  const days = new Set([first, last + slackMs].map((at) => new Date(at).toISOString().slice(0, 10)));
  const keys = (
    await Promise.all([...days].map((day) => keysUnder(archive, journalPrefix(tenant, day))))
  ).flat();
  const near = keys.filter((key) => {
    const at = checkpointTime(key)?.at ?? -Infinity;
    return at >= first && at <= last + slackMs;
  });
  const found = await Promise.all(
    near.map(async (key) => sightedIn(await readObject(archive, key), key, callId)),
  );
  return found.flat().sort((a, b) => (a.statement.at < b.statement.at ? -1 : 1));
}

function sightedIn(text: string | undefined, key: string, callId: string): SightedCheckpoint[] {
  if (text === undefined || !text.includes(callId)) return [];
  const { calls, ...head } = parse(signedCheckpointSchema, text, key);
  const index = calls.findIndex((call) => call.callId === callId);
  const sighting = calls[index];
  if (!sighting) return [];
  const proof = inclusionProof(sightingLeaves(calls), index).map((hash) => hash.toString('hex'));
  return [{ ...head, sighting, index, proof }];
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, name: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new RecordError('corrupt', `${name} is not JSON`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new RecordError('corrupt', `${name} is not what it should be (${faults})`);
}
