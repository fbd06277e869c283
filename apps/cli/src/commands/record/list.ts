import { keysUnder, manifestSchema, readObject } from '@vestibule/record';
import { columns } from '../../terminal.ts';
import type { RecordDesk } from './archive.ts';

/** All calls in the archive, as their manifests have them: nothing of a caller's. */
export async function list({ archive, tenant }: RecordDesk): Promise<string> {
  const keys = (await keysUnder(archive, `${tenant}/`)).filter((key) => key.endsWith('/manifest.json'));
  if (keys.length === 0) return 'No calls in the archive yet.\n';
  const manifests = await Promise.all(
    keys.map(
      async (key) => manifestSchema.safeParse(JSON.parse((await readObject(archive, key)) ?? '{}')).data,
    ),
  );
  const rows = manifests.flatMap((one) =>
    one === undefined
      ? []
      : [
          [
            one.callId,
            one.startedAt.slice(0, 19).replace('T', ' '),
            one.questionnaire.id,
            one.complete ? one.outcome : 'cut off',
            `${one.items.answered}/${one.items.asked}`,
            one.redFlags.map(({ id }) => id).join(', '),
          ],
        ],
  );
  rows.sort((a, b) => (a[1] ?? '').localeCompare(b[1] ?? ''));
  return columns([['CALL', 'STARTED (UTC)', 'QUESTIONNAIRE', 'OUTCOME', 'ANSWERED', 'RED FLAGS'], ...rows]);
}
