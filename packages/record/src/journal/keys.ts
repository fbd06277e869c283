import type { CheckpointStatement } from '../signing/statements.ts';

/** Where a tenant's checkpoints of a day lie. `day`: YYYY-MM-DD, UTC. */
export const journalPrefix = (tenant: string, day: string) =>
  `${tenant}/journal/${day.replaceAll('-', '/')}/`;

/** Ordered by time within a worker, so that a call's checkpoints can be listed without reading the others. */
export function checkpointKey({ tenant, worker, seq, at }: CheckpointStatement): string {
  const time = at.slice(11, 23).replaceAll(/[:.]/g, '');
  return `${journalPrefix(tenant, at.slice(0, 10))}${worker}/${time}-${String(seq).padStart(6, '0')}.json`;
}

/** The time in a checkpoint's key, ms since the epoch; undefined for what is no checkpoint's key. */
export function checkpointTime(key: string): { at: number; worker: string; seq: number } | undefined {
  const found = /\/journal\/(\d{4})\/(\d\d)\/(\d\d)\/([^/]+)\/(\d\d)(\d\d)(\d\d)(\d{3})-(\d+)\.json$/.exec(
    key,
  );
  if (!found) return undefined;
  const [, year, month, day, worker = '', hour, minute, second, ms, seq] = found;
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
  return { at, worker, seq: Number(seq) };
}
