import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { livekitPort } from '../../../edge/test/edge-host.ts';
import { generatorCore } from './cores.ts';

export interface Load {
  /** Calls a second. */
  rate: number;
  calls: number;
  /** How long each is held, ms. */
  holdMs: number;
}

export interface LoadResult {
  /** From INVITE to 200, ms, of each call that was set up. */
  setupMs: number[];
  /** Calls that did not go as they should from INVITE to BYE. */
  failed: number;
}

/** SIPp that answers what comes to where LiveKit SIP stands. @param echo RTP goes back to where it comes from. */
export async function startCallee(
  address: string,
  { echo = false } = {},
): Promise<{ stop: () => Promise<void> }> {
  const args = ['-i', address, '-p', String(livekitPort), '-mi', address, ...(echo ? ['-rtp_echo'] : [])];
  const child = await sipp('callee', args, tmpdir());
  return { stop: () => end(child) };
}

/** SIPp's calls from `address` to `target`, until the last one has ended. */
export async function runCalls(address: string, target: string, load: Load): Promise<LoadResult> {
  const running = await startCalls(address, target, load);
  return running.result;
}

/** The same, without waiting for its end. */
export async function startCalls(
  address: string,
  target: string,
  { rate, calls, holdMs }: Load,
): Promise<{ result: Promise<LoadResult> }> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-load-'));
  const args = [
    ...[
      `${target}:5060`,
      '-i',
      address,
      '-mi',
      address,
      '-r',
      String(rate),
      '-m',
      String(calls),
      '-l',
      '100000',
    ],
    ...['-d', String(holdMs), '-timer_resol', '1', '-trace_rtt', '-rtt_freq', '1', '-trace_stat', '-fd', '1'],
    ...['-recv_timeout', '8000', '-timeout', String(Math.ceil(calls / rate + holdMs / 1000 + 40))],
  ];
  const child = await sipp('caller', args, folder);
  const result = once(child, 'exit').then(async () => {
    const setupMs = await setupTimes(folder);
    const failed = await failedCalls(folder);
    await rm(folder, { recursive: true });
    return { setupMs, failed };
  });
  return { result };
}

async function sipp(scenario: string, args: string[], cwd: string): Promise<ChildProcess> {
  const file = fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url));
  const pinned = ['-c', String(generatorCore), '/usr/bin/sipp', ...args, '-sf', file, '-nostdin'];
  const child = spawn('taskset', pinned, { cwd, stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const fileOf = async (folder: string, ending: string) => {
  const name = (await readdir(folder)).find((each) => each.endsWith(ending));
  return name === undefined ? '' : readFile(join(folder, name), 'latin1');
};

/** Lines of `date;ms;name`, after one of names. */
async function setupTimes(folder: string): Promise<number[]> {
  const lines = (await fileOf(folder, '_rtt.csv')).split('\n').slice(1);
  return lines.filter((line) => line.includes(';')).map((line) => Number(line.split(';')[1]));
}

/** SIPp's own count, in the last line of its statistics; those it never came to are in it as well. */
async function failedCalls(folder: string): Promise<number> {
  const [names = '', ...lines] = (await fileOf(folder, '_.csv')).trim().split('\n');
  const column = names.split(';').indexOf('FailedCall(C)');
  return Number(lines.at(-1)?.split(';')[column] ?? NaN);
}
