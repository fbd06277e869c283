import { execFileSync } from 'node:child_process';
import type { Clock } from '@vestibule/core';

/** Drops what a process exchanges with a port of this machine for `ms`, as a broken network would: nobody is told. Needs root. */
export async function cutOff(pid: number, port: number, ms: number, clock: Clock): Promise<void> {
  const rules = localPorts(pid, port).flatMap((own) => [
    ['OUTPUT', '-p', 'tcp', '--sport', String(own), '--dport', String(port), '-j', 'DROP'],
    ['OUTPUT', '-p', 'tcp', '--sport', String(port), '--dport', String(own), '-j', 'DROP'],
  ]);
  const set: string[][] = [];
  try {
    for (const rule of rules) {
      iptables('-I', rule);
      set.push(rule);
    }
    await clock.sleep(ms);
  } finally {
    for (const rule of set) iptables('-D', rule);
  }
}

/** The process's own ends of its connections to the port. */
function localPorts(pid: number, port: number): number[] {
  const lines = execFileSync('ss', ['-tnpH', 'dport', '=', `:${port}`], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(`pid=${pid},`))
    .flatMap((line) => /:(\d+)\s+\S+:\d+\s+users/.exec(line)?.[1] ?? [])
    .map(Number);
}

function iptables(verb: '-I' | '-D', rule: readonly string[]): void {
  execFileSync('iptables', ['-w', verb, ...rule]);
}
