import { join } from 'node:path';
import { CodedError, type Clock } from '@vestibule/core';
import { switches, tablesFolder, tableText } from '../data-tables.ts';
import type { EdgePaths } from '../kamailio/settings.ts';
import { replaceFile } from '../write.ts';
import { rpc } from './rpc.ts';

/** New calls get 503, so that the carrier takes its next URI; calls that are up go on. Holds over a restart of Kamailio. */
export async function setDrain(paths: EdgePaths, drain: boolean, clock: Clock): Promise<void> {
  const table = switches(drain);
  await replaceFile(join(paths.files, tablesFolder, table.name), tableText(table), clock);
  await rpc(paths, 'htable.reload', table.name);
}

export async function isDraining(paths: EdgePaths): Promise<boolean> {
  return /value:\s*1\b/.test(await rpc(paths, 'htable.get', 'switches', 'drain'));
}

/** Calls that this Kamailio has admitted and that are up. One that was started again does not know those from before. */
export async function callsUp(paths: EdgePaths): Promise<number> {
  return Number((await rpc(paths, 'dlg.profile_get_size', 'calls')).trim());
}

/** Resolves when no call is up. @throws CodedError `calls-up` after `limitMs` */
export async function waitForEnd(calls: () => Promise<number>, clock: Clock, limitMs: number): Promise<void> {
  const until = clock.monotonic() + limitMs;
  for (;;) {
    const up = await calls();
    if (up === 0) return;
    if (clock.monotonic() >= until)
      throw new CodedError<'calls-up'>(
        'calls-up',
        `${up} ${up === 1 ? 'call is' : 'calls are'} still up; new ones are refused. Wait longer, or stop the host and lose them`,
      );
    await clock.sleep(1000);
  }
}
