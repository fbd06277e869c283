import type { KeyObject } from 'node:crypto';
import { signedCallRootSchema } from '../signing/statements.ts';
import { signatureFault } from '../signing/worker-key.ts';
import type { ArchivedCall } from '../verify/audit.ts';
import { type Archive, keysUnder, readObject } from './archive.ts';

type Place = Pick<Archive, 'client' | 'bucket'>;

/** The calls in the archive that began on `day` (YYYY-MM-DD, UTC). A root that the anchor does not vouch for is none. */
export async function archivedCalls(
  archive: Place,
  { tenant, day, anchor }: { tenant: string; day: string; anchor: KeyObject },
): Promise<ArchivedCall[]> {
  const prefix = `${tenant}/${day.replaceAll('-', '/')}/`;
  const keys = await keysUnder(archive, prefix);
  const callIds = new Set(keys.map((key) => key.slice(prefix.length).split('/', 1)[0] ?? ''));
  return Promise.all([...callIds].map((callId) => readCall(archive, { prefix, callId, anchor })));
}

async function readCall(
  archive: Place,
  { prefix, callId, anchor }: { prefix: string; callId: string; anchor: KeyObject },
): Promise<ArchivedCall> {
  const text = await readObject(archive, `${prefix}${callId}/root.json`);
  const signed = signedCallRootSchema.safeParse(JSON.parse(text ?? 'null')).data;
  if (!signed || signatureFault(signed, anchor) || signed.statement.callId !== callId) return { callId };
  const { decision, root } = signed.statement;
  return { callId, root, ...(decision === undefined ? {} : { decision }) };
}
