import { eraseCall } from '@vestibule/record';
import { systemEnvironment } from '../../environment.ts';
import { findRecord, type RecordDesk } from './archive.ts';

/** Destroys a call's key and the caller's data in the archive and in search; says what is left to do elsewhere. */
export async function erase(desk: RecordDesk, callId: string, reason: string): Promise<string> {
  const { archive, access, who } = desk;
  const { prefix, texts } = await findRecord(desk, callId);
  await access.append({ who, action: 'erase', callId, granted: true, detail: reason });
  const at = new Date().toISOString();
  const { objects } = await eraseCall(archive, prefix, { callId, at, who, reason });
  const { OPENSEARCH_URL: search } = await systemEnvironment();
  const caseId = caseIn(texts.get('enrichment.json'));
  return [
    `${callId} is erased: ${objects.length === 0 ? 'nothing was left' : objects.join(', ')}. What remains still verifies.`,
    await purgeFromSearch(search, callId),
    caseId === undefined
      ? 'No case in the backend is known of it.'
      : `The backend's case ${caseId} holds a summary: erase it there.`,
    '',
  ].join('\n');
}

async function purgeFromSearch(url: string | undefined, callId: string): Promise<string> {
  const where = `OpenSearch, index calls, document ${callId}`;
  if (url === undefined) return `Not purged (OPENSEARCH_URL is not set): ${where}.`;
  try {
    const response = await fetch(`${url}/calls/_doc/${encodeURIComponent(callId)}?refresh=true`, {
      method: 'DELETE',
    });
    if (response.ok || response.status === 404) return `Purged: ${where}.`;
    return `NOT purged (status ${response.status}): ${where}. Delete it there.`;
  } catch {
    return `NOT purged (no answer): ${where}. Delete it there.`;
  }
}

function caseIn(enrichment: string | undefined): string | undefined {
  const { caseId } = JSON.parse(enrichment ?? '{}') as { caseId?: unknown };
  return typeof caseId === 'string' ? caseId : undefined;
}
