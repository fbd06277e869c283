import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { atZone, type Config, loadConfig } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import {
  applyEdge,
  callsUp,
  checkEdge,
  type Daemon,
  diffText,
  type EdgePaths,
  edgeStatus,
  planChanges,
  renderEdge,
  setDrain,
  waitForEnd,
  writeEdge,
} from '@vestibule/edge-config';
import { CliError } from '../../errors.ts';
import type { Output } from '../../terminal.ts';
import { defaultConfig } from '../config.ts';
import { appliedText, changesText, statusText } from './text.ts';

const defaultFiles = '/etc/vestibule/edge';

interface Places {
  out: string;
  run: string;
  zone?: string;
}

/** Files of an edge host, and the daemons that run on them. */
export function addEdgeCommands(program: Command, output: Output): void {
  const edge = program.command('edge').description('the edge host: its files, and the daemons on them');
  const inZone = (name: string, description: string) =>
    edge
      .command(name)
      .description(description)
      .argument('[file]', 'the deployment', defaultConfig)
      .option('--run <folder>', 'where the daemons keep their sockets', '/run/vestibule')
      .option('--zone <name>', 'the zone of this host; without it, the one under `edge`');
  const command = (name: string, description: string) =>
    inZone(name, description).option('--out <folder>', 'where the files are', defaultFiles);
  inZone('render', 'write kamailio.cfg, rtpengine.conf, tables, lists and systemd units')
    .option('--out <folder>', 'write them there; without it they are printed')
    .action((file: string, options: Partial<Places> & { run: string }) => render(file, options, output));
  command('check', 'say everything that is wrong, Kamailio’s own parser included').action(
    (file: string, { zone }: Places) => check(file, zone, output),
  );
  command('diff', 'what `apply` would change, and how it would come into force').action(
    (file: string, places: Places) => diff(file, places, output),
  );
  command('apply', 'bring the running edge in line with the file, without dropping a call')
    .option('--restart', 'start a daemon again where a change needs it')
    .action((file: string, options: Places & { restart?: true }) => apply(file, options, output));
  command('status', 'what runs, what it holds, what is wrong; exit status 1 when something is')
    .option('--json', 'for machines')
    .action((file: string, options: Places & { json?: true }) => status(file, options, output));
  command('drain', 'send new calls on to the next zone (503) and wait until none is up')
    .option('--off', 'take calls again')
    .option('--wait <seconds>', 'wait so long for the calls that are up', '3600')
    .action((_file: string, options: Places & { off?: true; wait: string }) => drain(options, output));
}

const pathsOf = ({ out, run }: Places): EdgePaths => ({ files: resolve(out), run: resolve(run) });

async function render(
  file: string,
  { out, run, zone }: Partial<Places> & { run: string },
  output: Output,
): Promise<void> {
  const config = await checked(file, zone);
  const paths = pathsOf({ out: out ?? defaultFiles, run });
  if (out !== undefined) {
    for (const written of await writeEdge(config, { paths })) output.write(`${written}\n`);
    return;
  }
  for (const { path, text } of renderEdge(config, { paths }).files) output.write(`# --- ${path}\n${text}\n`);
}

async function check(file: string, zone: string | undefined, output: Output): Promise<void> {
  await checked(file, zone);
  output.write(`${file} renders an edge that Kamailio takes.\n`);
}

/** The deployment as this host sees it. */
async function zoneConfig(file: string, zone?: string): Promise<Config> {
  const config = await loadConfig(file);
  return zone === undefined ? config : atZone(config, zone);
}

async function checked(file: string, zone?: string): Promise<Config> {
  const config = await zoneConfig(file, zone);
  const { ok, output } = await checkEdge(config);
  if (!ok) throw new CliError('bad-file', `Kamailio refuses what ${file} renders:\n${output.trimEnd()}`);
  return config;
}

async function diff(file: string, places: Places, output: Output): Promise<void> {
  const paths = pathsOf(places);
  const changes = await planChanges(renderEdge(await zoneConfig(file, places.zone), { paths }).files, paths);
  if (changes.length === 0) return output.write('Nothing would change.\n');
  output.write(await diffText(changes));
  output.write(changesText(changes));
}

async function apply(file: string, options: Places & { restart?: true }, output: Output): Promise<void> {
  const config = await zoneConfig(file, options.zone);
  const restart = options.restart && ((daemon: Daemon) => restartUnit(daemon));
  const applied = await applyEdge(config, {
    paths: pathsOf(options),
    clock: systemClock,
    ...(restart && { restart }),
  });
  output.write(appliedText(applied));
}

async function restartUnit(daemon: Daemon): Promise<void> {
  const name = `vestibule-${daemon}`;
  try {
    await promisify(execFile)('systemctl', ['restart', name]);
  } catch (cause) {
    throw new CodedError('not-restarted', `${name} does not start: journalctl -u ${name}`, { cause });
  }
}

async function status(file: string, options: Places & { json?: true }, output: Output): Promise<void> {
  const found = await edgeStatus(await zoneConfig(file, options.zone), {
    paths: pathsOf(options),
    clock: systemClock,
  });
  output.write(options.json ? `${JSON.stringify(found, null, 2)}\n` : statusText(found));
  if (found.faults.length > 0) throw new CliError('unhealthy', found.faults.join('\n'));
}

async function drain(options: Places & { off?: true; wait: string }, output: Output): Promise<void> {
  const paths = pathsOf(options);
  const seconds = Number(options.wait);
  if (!(seconds >= 0))
    throw new CliError('bad-argument', `--wait ${options.wait}: is not a number of seconds`);
  await setDrain(paths, options.off !== true, systemClock);
  if (options.off) return output.write('New calls are taken again.\n');
  output.write('New calls get 503. Waiting for those that are up.\n');
  await waitForEnd(() => callsUp(paths), systemClock, seconds * 1000);
  output.write('No call is up.\n');
}
