import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

export interface SippOptions {
  /** Name of a file in `scenarios/`. */
  scenario: string;
  address: string;
  port: number;
  /** Calls after which it ends by itself. */
  calls?: number;
  /** Port of its RTP; it echoes what it gets there. */
  rtp?: number;
  /** Where it calls; without it, it waits for calls. */
  target?: string;
}

/** A SIPp process playing one scenario. */
export interface Sipp {
  /** Every message it has sent and received so far, as SIPp traces them. */
  messages(): Promise<string>;
  /** Resolves with its exit status: 0 when each call went as the scenario says. */
  done(timeout?: number): Promise<number>;
  stop(): Promise<void>;
}

/** Starts SIPp and waits until its socket is bound. */
export async function startSipp(options: SippOptions): Promise<Sipp> {
  const { scenario, address, port, calls, rtp = 41000, target } = options;
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-sipp-'));
  const trace = join(folder, 'messages.log');
  const args = [
    ...(target === undefined ? [] : [target]),
    ...['-sf', fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url))],
    ...['-i', address, '-p', String(port), '-mi', address, '-mp', String(rtp), '-rtp_echo'],
    ...(calls === undefined ? [] : ['-m', String(calls)]),
    ...['-trace_msg', '-message_file', trace, '-nostdin', '-recv_timeout', '10000', '-timeout', '30'],
  ];
  const child = spawn('/usr/bin/sipp', args, { cwd: folder, stdio: 'ignore' });
  await once(child, 'spawn');
  await until(`SIPp listens on ${address}:${port}`, () => isBound(address, port));
  return {
    messages: () => readFile(trace, 'latin1').catch(() => ''),
    done: async (timeout = 12_000) => {
      await until(`SIPp ${scenario} has ended`, () => child.exitCode !== null, timeout);
      return child.exitCode ?? -1;
    },
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true });
    },
  };
}

/** From the kernel's table: asking by a packet would become part of the test. */
async function isBound(address: string, port: number): Promise<boolean> {
  const hex = address
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');
  const local = `${hex}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
  return (await readFile('/proc/net/udp', 'utf8')).includes(` ${local} `);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Its call has come to the ACK: a BYE before it would fail the scenario. */
export const acknowledged = (sipp: Sipp): Promise<void> =>
  until('the ACK has arrived', async () => (await sipp.messages()).includes('\nACK sip:'));
