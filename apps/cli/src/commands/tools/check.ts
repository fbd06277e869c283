import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Config, loadConfig } from '@vestibule/config';
import { type Fault, formatFaults } from '@vestibule/core';
import { z } from 'zod';
import { root } from '../../processes.ts';
import { closeAll, notReached, reachServers } from './servers.ts';

const checkedSchema = z.object({
  file: z.string(),
  faults: z.array(
    z.object({
      path: z.string(),
      line: z.number().optional(),
      message: z.string(),
      remedy: z.string().optional(),
    }),
  ),
});

/** Everything that keeps an allowed tool from the model, a line each; none when all is well. */
export async function checkTools(file: string): Promise<string[]> {
  const config = await loadConfig(file);
  const [backend, servers] = await Promise.all([openApiFaults(file), serverFaults(config)]);
  return [backend, formatFaults(file, servers)].filter((lines) => lines !== '');
}

/** The MCP server knows how it reads the file; apps do not import each other. */
async function openApiFaults(config: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'apps/mcp/src/check.ts')], {
    env: { ...process.env, VESTIBULE_CONFIG: config },
  });
  const { file, faults } = checkedSchema.parse(JSON.parse(stdout));
  return formatFaults(file, faults);
}

async function serverFaults(config: Config): Promise<Fault[]> {
  const reached = await reachServers(config, undefined);
  const faults = reached.flatMap((one, index): Fault[] => {
    // Ours comes first, then those under tools.servers.
    const path = index === 0 ? 'tools.allow' : `tools.servers[${index - 1}]`;
    if (!one.link) return [{ path: index === 0 ? '' : `${path}.url`, message: notReached(one) }];
    return one.link.faults.map(({ name, why }) => ({ path, message: `${name}: ${why}` }));
  });
  const missing = config.tools.servers.flatMap(({ tokenFrom }, index) =>
    tokenFrom === undefined || process.env[tokenFrom]
      ? []
      : [{ path: `tools.servers[${index}].tokenFrom`, message: `${tokenFrom} is not set here` }],
  );
  await closeAll(reached);
  return [...faults, ...missing];
}
