import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { StackError } from '../errors.ts';
import { address, type Endpoint } from '../ports.ts';
import { ChildList, stackMarker } from './leftovers.ts';
import type { Part } from './part.ts';
import { listenerOn, variableOf } from './process-table.ts';

interface Taken {
  readonly title: string;
  readonly endpoint: Endpoint;
  /** Of the operating system, e.g. EADDRINUSE. */
  readonly fault: string;
  readonly holder: { readonly pid: number; readonly command: string } | undefined;
  /** The clone whose stack holds it. */
  readonly clone: string | undefined;
}

/**
 * Tries to bind everything the parts will bind.
 * @throws StackError `port-taken`, one line: each taken port, whose it is, who holds it, what to do.
 */
export async function assertPortsFree(parts: readonly Part[]): Promise<void> {
  const wanted = parts.flatMap((part) =>
    part.kind === 'process' ? part.endpoints.map((endpoint) => ({ title: part.title, endpoint })) : [],
  );
  const faults = await Promise.all(wanted.map(({ endpoint }) => bindFault(endpoint)));
  const taken = withClones(
    wanted.flatMap((want, index): Omit<Taken, 'clone'>[] => {
      const fault = faults[index];
      if (fault === undefined) return [];
      const { protocol, port } = want.endpoint;
      return [{ ...want, fault, holder: fault === 'EADDRINUSE' ? listenerOn(protocol, port) : undefined }];
    }),
  );
  if (taken.length > 0) throw new StackError('port-taken', portsTaken(taken));
}

/** A stack's processes say so in their environment; one that has overwritten it stands in its clone's list of children. */
function withClones(taken: readonly Omit<Taken, 'clone'>[]): Taken[] {
  const marked = taken.map(({ holder }) => holder && variableOf(holder.pid, stackMarker));
  const children = new Map(
    marked
      .filter((state) => state !== undefined)
      .flatMap((state) => new ChildList(join(state, 'run')).alive().map((pid) => [pid, state] as const)),
  );
  return taken.map((one, index) => {
    const state = marked[index] ?? (one.holder && children.get(one.holder.pid));
    return { ...one, clone: state === undefined ? undefined : dirname(state) };
  });
}

function portsTaken(taken: readonly Taken[]): string {
  const clones = [...new Set(taken.flatMap(({ clone }) => clone ?? []))];
  const others = taken.filter(({ clone }) => clone === undefined);
  return [
    ...clones.map((clone) => {
      const [first, ...more] = taken
        .filter((one) => one.clone === clone)
        .map(({ endpoint }) => where(endpoint));
      const ports = more.length === 0 ? `${first} is` : `${first} and ${more.length} more ports are`;
      return `${ports} taken by another clone's stack: run make down there (${clone})`;
    }),
    ...(others.length === 0
      ? []
      : [`${others.map(describe).join('; ')}. Stop what listens there, then run this again`]),
  ].join('; ');
}

function where(endpoint: Endpoint): string {
  return `${address(endpoint)}/${endpoint.protocol}`;
}

function describe({ title, endpoint, fault, holder }: Taken): string {
  const subject = `${where(endpoint)}, needed by ${title},`;
  if (fault !== 'EADDRINUSE') return `${subject} cannot be used (${fault})`;
  return `${subject} is taken by ${holder ? `${holder.command} (pid ${holder.pid})` : 'another process'}`;
}

function bindFault(endpoint: Endpoint): Promise<string | undefined> {
  return endpoint.protocol === 'tcp' ? tcpFault(endpoint) : udpFault(endpoint);
}

function tcpFault({ host, port }: Endpoint): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function udpFault({ host, port }: Endpoint): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}
