import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { StackError } from '../errors.ts';
import { address, type Endpoint } from '../ports.ts';
import type { Part } from './part.ts';
import { listenerOn } from './process-table.ts';

/**
 * Tries to bind everything the parts will bind.
 * @throws StackError `port-taken`, one line: each taken port, whose it is, who holds it, what to do.
 */
export async function assertPortsFree(parts: readonly Part[]): Promise<void> {
  const wanted = parts.flatMap((part) =>
    part.kind === 'process' ? part.endpoints.map((endpoint) => ({ title: part.title, endpoint })) : [],
  );
  const checked = await Promise.all(
    wanted.map(async (want) => ({ ...want, fault: await bindFault(want.endpoint) })),
  );
  const taken = checked.filter(({ fault }) => fault !== undefined);
  if (taken.length === 0) return;
  const list = taken.map(({ title, endpoint, fault }) => describe(title, endpoint, fault ?? '')).join('; ');
  throw new StackError('port-taken', `${list}. Stop what listens there, then run this again`);
}

function describe(title: string, endpoint: Endpoint, fault: string): string {
  const where = `${address(endpoint)}/${endpoint.protocol}, needed by ${title},`;
  if (fault !== 'EADDRINUSE') return `${where} cannot be used (${fault})`;
  const holder = listenerOn(endpoint.protocol, endpoint.port);
  return `${where} is taken${holder ? ` by ${holder.command} (pid ${holder.pid})` : ' by another process'}`;
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
