import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import { CodedError, type Clock } from '@vestibule/core';
import { checkEdge } from '../check.ts';
import { isKamailioUp } from '../health.ts';
import type { EdgePaths } from '../kamailio/settings.ts';
import { type RenderOptions, renderEdge } from '../render.ts';
import { keepSwitches, replaceFile } from '../write.ts';
import { readCertificate } from './certificate.ts';
import { type Change, type Daemon, planChanges, reloadsIn, restartsIn } from './plan.ts';
import { rpc } from './rpc.ts';

export type ApplyErrorCode = 'refused' | 'needs-restart' | 'rolled-back';

export interface ApplyOptions extends RenderOptions {
  clock: Clock;
  /** Starts a daemon again and resolves when it is up. Without it a config that needs a restart is refused. */
  restart?: (daemon: Daemon) => Promise<void>;
}

export interface Applied {
  changes: Change[];
  /** RPC commands that were given. */
  reloads: (readonly string[])[];
  restarts: Daemon[];
  /** Files were written for a Kamailio that is yet to be started. */
  isStopped: boolean;
}

/**
 * Brings a running edge in line with its config, without dropping a call: what can be reloaded is reloaded, a daemon is
 * started again only when `restart` is given (calls that are up go on through either). All or nothing.
 * @throws CodedError `refused`, `needs-restart`: nothing was touched; `rolled-back`: the files are as they were
 */
export async function applyEdge(config: Config, options: ApplyOptions): Promise<Applied> {
  const { paths, restart, clock } = options;
  await refuseFaults(config, options);
  const changes = await planChanges(renderEdge(config, options).files, paths);
  const restarts = restartsIn(changes);
  const isStopped = !(await isKamailioUp(paths));
  if (restarts.length > 0 && restart === undefined && !isStopped)
    throw new CodedError<ApplyErrorCode>('needs-restart', needsRestart(changes, restarts));
  await keepSwitches(paths.files);
  await writeAll(changes, paths, clock);
  if (isStopped) return { changes, reloads: [], restarts: [], isStopped };
  const certificate = await fingerprint(config);
  const isNew = certificate !== undefined && certificate !== (await readText(seenFile(paths)));
  const reloads = restarts.includes('kamailio') ? [] : reloadsFor(changes, isNew);
  try {
    for (const daemon of restarts) await restart?.(daemon);
    for (const command of reloads) await rpc(paths, ...command);
  } catch (error) {
    await rollBack(changes, reloads, restarts, options);
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError<ApplyErrorCode>('rolled-back', `${reason}\nThe files are as they were before.`, {
      cause: error,
    });
  }
  if (certificate !== undefined) await replaceFile(seenFile(paths), certificate, clock);
  return { changes, reloads, restarts, isStopped };
}

/** A certificate that was renewed has the same name in tls.cfg. It is not read again without need: Kamailio 5.6 keeps the old one in memory. */
function reloadsFor(changes: readonly Change[], isNewCertificate: boolean): (readonly string[])[] {
  const others = reloadsIn(changes).filter(([command]) => command !== 'tls.reload');
  const isTlsChanged = isNewCertificate || changes.some(({ path }) => path === 'tls.cfg');
  return isTlsChanged ? [...others, ['tls.reload']] : others;
}

/** Of the certificate and key that were last applied. */
const seenFile = ({ files }: EdgePaths) => join(files, 'tls.applied');

async function fingerprint({ edge }: Config): Promise<string | undefined> {
  const { tls } = edge.public;
  if (tls === undefined) return undefined;
  const [certificate, key] = await Promise.all([readText(tls.certificate), readText(tls.key)]);
  return createHash('sha256').update(`${certificate}\n${key}`).digest('hex');
}

const readText = (file: string) => readFile(file, 'utf8').catch(() => undefined);

async function refuseFaults(config: Config, { clock }: ApplyOptions): Promise<void> {
  const { tls } = config.edge.public;
  const faults = tls === undefined ? [] : (await readCertificate(tls, clock.now())).faults;
  const { ok, output } = await checkEdge(config);
  if (!ok) faults.push(`Kamailio refuses what it renders:\n${output.trimEnd()}`);
  if (faults.length > 0)
    throw new CodedError<ApplyErrorCode>('refused', `${faults.join('\n')}\nNothing was changed.`);
}

function needsRestart(changes: readonly Change[], restarts: readonly Daemon[]): string {
  const files = changes.filter(({ effect }) => effect.restart !== undefined);
  return [
    `${files.map(({ path }) => path).join(', ')} cannot be taken over while running; nothing was changed.`,
    `Apply it with --restart: ${restarts.join(' and ')} will be started again. Calls that are up go on; new ones are not answered for about a second.`,
  ].join('\n');
}

/** Each file is there whole or not at all. */
async function writeAll(changes: readonly Change[], paths: EdgePaths, clock: Clock): Promise<void> {
  await Promise.all(changes.map(({ path, text }) => replaceFile(join(paths.files, path), text, clock)));
}

async function rollBack(
  changes: readonly Change[],
  reloads: readonly (readonly string[])[],
  restarts: readonly Daemon[],
  { paths, clock, restart }: ApplyOptions,
): Promise<void> {
  for (const { path, present } of changes) {
    const file = join(paths.files, path);
    if (present === undefined) await rm(file, { force: true });
    else await replaceFile(file, present, clock);
  }
  for (const daemon of restarts) await restart?.(daemon).catch(() => {});
  for (const command of reloads) await rpc(paths, ...command).catch(() => '');
}
