import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type Config, loadConfig } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import { lowerNetwork, raiseNetwork } from '@vestibule/local-network';
import type { Environment } from './environment.ts';
import { StackError } from './errors.ts';
import { makeFolders } from './folders.ts';
import { appParts } from './parts/apps.ts';
import { edgeParts } from './parts/edge.ts';
import type { Context } from './parts/context.ts';
import { recordingParts } from './parts/recording.ts';
import { livekitPart } from './parts/livekit.ts';
import { standInParts } from './parts/stand-ins.ts';
import { storeParts } from './parts/stores.ts';
import { isInZones } from './ports.ts';
import { provisionParts } from './provision/parts.ts';
import { localSecrets } from './secrets.ts';
import { assertPortsFree } from './supervise/free-ports.ts';
import { ChildList, stackMarker, sweepLeftovers } from './supervise/leftovers.ts';
import { assertInterface } from './supervise/network.ts';
import { claimOwnership, currentOwner, releaseOwnership } from './supervise/owner.ts';
import type { Part } from './supervise/part.ts';
import { type StackEvent, Supervisor } from './supervise/supervisor.ts';
import { placed } from './zones.ts';

/** Everything that runs, described. Also writes the files that the parts read. */
export async function describeStack(context: Context, config: Config): Promise<Part[]> {
  return placed([
    ...storeParts(context),
    livekitPart(context),
    ...standInParts(context, config),
    ...(await edgeParts(context, config)),
    ...recordingParts(context, config),
    ...appParts(context, config),
    ...provisionParts(context, config),
  ]);
}

/** A stack that runs. `fault` resolves when a part fails; `stop` ends all of it. */
export interface RunningStack {
  readonly context: Context;
  readonly config: Config;
  readonly parts: readonly Part[];
  readonly fault: Promise<StackError>;
  readonly stop: () => Promise<void>;
}

/**
 * Cleans up after an earlier run, checks network and ports, starts everything. When something fails or `signal` aborts, what had
 * started is stopped before this throws.
 * @throws StackError, whose message is fit to be shown. CodedError `invalid-config`.
 */
export async function startStack(
  environment: Environment,
  options: { clock: Clock; signal: AbortSignal; onEvent: (event: StackEvent) => void },
): Promise<RunningStack> {
  const { folders } = environment;
  makeFolders(folders);
  assertInstalled(environment);
  if (!isInZones) assertInterface(networkInterfaces());
  const owner = currentOwner(folders.run);
  if (owner) {
    throw new StackError(
      'already-running',
      `The stack is running already (pid ${owner.pid}). Run: make down`,
    );
  }
  const config = await loadConfig(environment.config);
  claimOwnership(folders.run, false);
  try {
    await sweepLeftovers(folders.state, folders.run, options.clock);
    const context: Context = { environment, secrets: localSecrets(folders) };
    const parts = await describeStack(context, config);
    if (isInZones) raiseNetwork();
    else await assertPortsFree(parts);
    return await supervise({ context, config, parts }, options);
  } catch (error) {
    releaseOwnership(folders.run);
    throw error;
  }
}

async function supervise(
  described: Pick<RunningStack, 'context' | 'config' | 'parts'>,
  { clock, signal, onEvent }: { clock: Clock; signal: AbortSignal; onEvent: (event: StackEvent) => void },
): Promise<RunningStack> {
  const { folders, inherited } = described.context.environment;
  const supervisor = new Supervisor({
    parts: described.parts,
    env: { ...inherited, [stackMarker]: folders.state },
    logFolder: folders.log,
    children: new ChildList(folders.run),
    clock,
    onEvent,
  });
  const stop = async () => {
    await supervisor.stop();
    if (isInZones) lowerNetwork();
    releaseOwnership(folders.run);
  };
  const interrupted = Promise.withResolvers<never>();
  const onAbort = () => interrupted.reject(new StackError('interrupted', 'Interrupted'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([supervisor.start(), interrupted.promise]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  claimOwnership(folders.run, true);
  return { ...described, fault: supervisor.fault, stop };
}

function assertInstalled({ folders }: Environment): void {
  const binaries = ['bin/livekit-server-v1.13.5', 'bin/versitygw-v1.8.0', 'opensearch-2.19.1/classpath'];
  const missing = binaries.filter((name) => !existsSync(join(folders.cache, name)));
  if (missing.length > 0) {
    throw new StackError('not-installed', `Not set up yet: ${missing.join(', ')} missing. Run: make setup`);
  }
}
