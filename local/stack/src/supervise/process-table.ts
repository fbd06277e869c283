import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** What /proc tells (proc(5)). Everything here returns nothing for a process that is gone or belongs to someone else. */

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Clock ticks from boot to the process's start: with the pid it names a process for good. Undefined for a zombie. */
export function startTimeOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command may hold blanks and parentheses; the fields proper begin after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

export function isAlive(pid: number): boolean {
  return startTimeOf(pid) !== undefined;
}

const interpreters = /^(node|python[\d.]*|bash|sh)$/;

/** The program, with its script when an interpreter runs one (the kernel's own name for a Node program is MainThread). */
export function commandOf(pid: number): string | undefined {
  const [program = '', ...args] = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  if (program === '') return read(`/proc/${pid}/comm`)?.trim();
  const name = basename(program.split(' ')[0] ?? '');
  const script = interpreters.test(name) ? args.find((arg) => arg !== '' && !arg.startsWith('-')) : undefined;
  return script === undefined ? name : `${name} ${script}`;
}

/** A variable of a process's environment, as it was when it started. */
export function variableOf(pid: number, name: string): string | undefined {
  const found = read(`/proc/${pid}/environ`)
    ?.split('\0')
    .find((entry) => entry.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Processes whose environment holds `name=value`. Children inherit it, however often they fork. */
export function processesWith(name: string, value: string): number[] {
  return pids().filter((pid) => pid !== process.pid && isAlive(pid) && variableOf(pid, name) === value);
}

/** The process that holds a listening socket on `port`, if it can be told. */
export function listenerOn(
  protocol: 'tcp' | 'udp',
  port: number,
): { pid: number; command: string } | undefined {
  const inodes = ['', '6'].flatMap((family) =>
    listeningInodes(`/proc/net/${protocol}${family}`, protocol, port),
  );
  if (inodes.length === 0) return undefined;
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  for (const pid of pids()) {
    if (openFiles(pid).some((target) => sockets.has(target)))
      return { pid, command: commandOf(pid) ?? 'unknown' };
  }
  return undefined;
}

function listeningInodes(table: string, protocol: 'tcp' | 'udp', port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const listening = protocol === 'tcp' ? '0A' : '07';
  return (read(table) ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === listening)
    .flatMap((fields) => fields[9] ?? []);
}

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
