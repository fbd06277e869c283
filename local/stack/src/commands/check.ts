import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@vestibule/config';
import { CodedError } from '@vestibule/core';
import type { Environment } from '../environment.ts';
import { makeFolders } from '../folders.ts';
import { localSecrets } from '../secrets.ts';
import { describeStack } from '../stack.ts';
import { assertPortsFree } from '../supervise/free-ports.ts';
import { stackProcesses } from '../supervise/leftovers.ts';
import { currentOwner } from '../supervise/owner.ts';
import type { Terminal } from '../terminal.ts';

/** The part of `make doctor` that knows the stack: config, secrets, ports, left-over processes. */
export async function checkCommand(environment: Environment, terminal: Terminal): Promise<number> {
  const { folders } = environment;
  makeFolders(folders);
  const checks = [
    () => configIsValid(environment),
    () => secretsAreSafe(environment),
    () => portsAreFree(environment),
  ];
  let faults = 0;
  for (const check of checks) {
    try {
      terminal.write(`  ✓ ${await check()}\n`);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      faults++;
      terminal.write(`  ✗ ${error.message}\n`);
    }
  }
  return faults === 0 ? 0 : 1;
}

async function configIsValid({ config }: Environment): Promise<string> {
  await loadConfig(config);
  return `${config} is valid`;
}

async function secretsAreSafe({ folders }: Environment): Promise<string> {
  const file = join(folders.state, 'secrets.json');
  if (!existsSync(file)) return 'Local secrets are made at the first start';
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new CodedError('unsafe-secrets', `${file} can be read by others. Run: chmod 600 ${file}`);
  }
  return 'Local secrets are readable by their owner only';
}

async function portsAreFree(environment: Environment): Promise<string> {
  const { folders } = environment;
  const owner = currentOwner(folders.run);
  if (owner)
    return `The stack is ${owner.ready ? 'up' : 'starting'} (pid ${owner.pid}); its ports are its own`;
  const left = stackProcesses(folders.state, folders.run).length;
  if (left > 0)
    return `${left} processes of an earlier run are left; the next start (or make down) ends them`;
  const context = { environment, secrets: localSecrets(folders) };
  await assertPortsFree(await describeStack(context, await loadConfig(environment.config)));
  return 'All ports are free';
}
