import type { Entry } from '../log/entries.ts';
import { spokenKinds } from '../log/entries.ts';
import { genesis } from '../log/chain.ts';
import { type CallState, foldCall } from '../log/fold.ts';
import { sealEntry } from '../log/sealed-entry.ts';
import { RecordError } from '../errors.ts';
import { merkleRoot } from '../merkle/tree.ts';
import type { CallKey } from '../payload/call-keys.ts';
import type { CallRootStatement, SignedCallRoot } from '../signing/statements.ts';
import type { Signer } from '../signing/worker-key.ts';
import { sha256Hex } from '../digest.ts';
import { type Archive, type Lock, putObject } from './archive.ts';
import { headerLines, sealedLines } from './exported.ts';
import type { Manifest } from './manifest.ts';
import { transcriptJson, transcriptText, transcriptVtt } from './transcript.ts';

/** A call's audio, two channels: caller and agent. */
export interface Recording {
  body: Uint8Array;
  /** `opus`: in Ogg. */
  format: 'wav' | 'opus';
  /** The call's time at its first sample, ms. */
  startMs: number;
  /** In the call's time: where it is silent because nothing was recorded. Left out: not known. */
  gaps?: readonly Gap[];
}

export interface Gap {
  fromMs: number;
  toMs: number;
}

export interface Sealing {
  callId: string;
  entries: readonly Entry[];
  key: CallKey;
  signer: Signer;
  /** The FHIR QuestionnaireResponse. */
  response: unknown;
  items: { asked: number; answered: number };
  /** Sealed with recording consent alone. */
  recording?: Recording;
  now: Date;
}

interface SealedObject {
  name: string;
  body: string | Uint8Array;
  lock: Lock;
}

/** What sealing made: where the record lies, its manifest, and the signed root for the register. */
export interface Sealed {
  prefix: string;
  manifest: Manifest;
  root: SignedCallRoot;
}

/**
 * Writes a call's objects, the manifest last: its arrival is what starts enrichment. Commitments and root are locked in
 * compliance mode, what holds a caller's data in governance mode, and the call's wrapped key not at all, so that it can be
 * destroyed; under a legal hold that key is held as well. Sealing again writes the same keys. @throws RecordError `unsealed`.
 */
export async function sealCall(archive: Archive, sealing: Sealing): Promise<Sealed> {
  const state = foldCall(sealing.entries);
  const { call, startedAt } = state;
  if (!call || startedAt === undefined)
    throw new RecordError('corrupt', 'a log that does not begin with its call');
  const prefix = `${call.tenant}/${startedAt.slice(0, 10).replaceAll('-', '/')}/${sealing.callId}`;
  const covered = coveredObjects(sealing, state);
  const root = signRoot(sealing, call, covered);
  const objects: SealedObject[] = [
    ...covered,
    { name: 'entries.jsonl', body: headerLines(sealing.entries), lock: 'compliance' },
    { name: 'payloads.jsonl', body: sealedPayloads(sealing, state.consent === true), lock: 'governance' },
    { name: 'key.json', body: JSON.stringify({ version: 1, wrapped: sealing.key.wrapped }), lock: 'none' },
    { name: 'root.json', body: JSON.stringify(root), lock: 'compliance' },
  ];
  const manifest = manifestOf(sealing, state, objects);
  const retainUntil = archive.retainUntil(new Date(manifest.endedAt));
  const last = {
    name: 'manifest.json',
    body: JSON.stringify(manifest, undefined, 2),
    lock: 'governance' as const,
  };
  const isUnderHold = archive.isUnderHold?.(call.dialled) ?? false;
  for (const { name, body, lock } of [...objects, last]) {
    const isHeld = isUnderHold && lock !== 'compliance';
    await putObject(archive, `${prefix}/${name}`, body, { lock, retainUntil, isHeld });
  }
  return { prefix, manifest, root };
}

/** What the signed root covers beside the log itself. */
function coveredObjects({ callId, response, recording }: Sealing, state: CallState): SealedObject[] {
  const lock = 'governance';
  const spoken =
    state.consent === true
      ? [
          { name: 'transcript.json', body: transcriptJson(callId, state.turns), lock } as const,
          { name: 'transcript.txt', body: transcriptText(state.turns), lock } as const,
          { name: 'transcript.vtt', body: transcriptVtt(state.turns, recording?.startMs), lock } as const,
          ...(recording ? [{ name: nameOf(recording), body: recording.body, lock } as const] : []),
        ]
      : [];
  return [...spoken, { name: 'response.json', body: JSON.stringify(response, undefined, 2), lock }];
}

const recordingOf = (recording: Recording) => ({
  name: nameOf(recording),
  startMs: recording.startMs,
  ...(recording.gaps ? { gaps: [...recording.gaps] } : {}),
});

const nameOf = ({ format }: Recording) => `recording.${format}`;

function signRoot(
  { callId, entries, signer, now }: Sealing,
  call: NonNullable<CallState['call']>,
  covered: readonly SealedObject[],
): SignedCallRoot {
  const leaves = entries.map(({ hash }) => hash);
  const statement: CallRootStatement = {
    type: 'vestibule/call-root/1',
    tenant: call.tenant,
    callId,
    ...(call.edge.decision === undefined ? {} : { decision: call.edge.decision }),
    size: leaves.length,
    root: merkleRoot(leaves.map((leaf) => Buffer.from(leaf, 'hex'))).toString('hex'),
    head: leaves.at(-1) ?? genesis,
    at: now.toISOString(),
    objects: covered.map(({ name, body }) => ({ name, sha256: sha256Hex(body) })),
  };
  return { statement, signature: signer.sign(statement), certificate: signer.certificate, leaves };
}

/** Without consent the spoken kinds keep only their commitments. */
function sealedPayloads({ entries, key }: Sealing, recording: boolean): string {
  const kept = entries.filter(({ header }) => recording || !spokenKinds.has(header.kind));
  return sealedLines(kept.map((entry) => sealEntry(key.key, entry)));
}

function callBackIn({ call, callBack }: CallState): Pick<Manifest, 'callBack'> {
  if (!call?.callBack) return {};
  const { of, attempt } = call.callBack;
  return { callBack: { of, attempt, talk: callBack?.step === 'person' } };
}

function manifestOf(
  { callId, items, now, entries, recording }: Sealing,
  state: CallState,
  objects: readonly SealedObject[],
): Manifest {
  const { call, startedAt, endedAt, consent, end, redFlags } = state;
  return {
    version: 2,
    callId,
    tenant: call!.tenant,
    startedAt: startedAt!,
    endedAt: endedAt ?? now.toISOString(),
    dialled: call!.dialled,
    questionnaire: call!.questionnaire,
    consent: { recording: consent === true },
    outcome: end?.outcome ?? 'partial',
    complete: end !== undefined,
    redFlags: redFlags.map(({ action: _, ...flag }) => flag),
    items,
    ...(recording && consent === true ? { recording: recordingOf(recording) } : {}),
    ...callBackIn(state),
    objects: objects.map(({ name, body }) => ({
      name,
      sha256: sha256Hex(body),
      bytes: Buffer.byteLength(body),
    })),
    head: entries.at(-1)?.hash ?? genesis,
  };
}
