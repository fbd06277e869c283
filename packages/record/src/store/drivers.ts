import { readFile } from 'node:fs/promises';
import { createClient, createCluster } from 'redis';
import { RecordError } from '../errors.ts';
import { parseStoreUrl, type StoreAddress, type StoreNode } from './store-url.ts';

/**
 * What is connected now. Replies are as RESP 2 has them. A driver that lost its connection does not reconnect:
 * `StoreConnection` opens another. So nothing is queued for later, and a fail-over is looked up afresh.
 */
export interface Driver {
  /** Sends a command at once, to the node that holds `key`. */
  send(key: string, args: string[]): Promise<unknown>;
  /** Resolves when all replies are in. */
  close(): Promise<void>;
  destroy(): void;
}

export interface DriverEvents {
  onError: (error: unknown) => void;
  /** The connection, or one of the cluster's, is lost. */
  onLost: () => void;
}

export interface DriverFactory {
  /** One lost connection says nothing of the other nodes: go on with them until there is another driver. */
  shared: boolean;
  open(events: DriverEvents): Promise<Driver>;
}

/** How long connecting to a server may take, ms. */
const connectMs = 1000;

/** @throws RecordError `misconfigured` */
export async function driverFor(url: string): Promise<DriverFactory> {
  const address = parseStoreUrl(url);
  const options = await connectionOptions(address);
  const [server] = address.nodes;
  switch (address.kind) {
    case 'single':
      return { shared: false, open: (events) => openServer(server, options, events) };
    case 'cluster':
      return { shared: true, open: (events) => openCluster(address.nodes, options, events) };
    case 'sentinel':
      return { shared: false, open: (events) => openPrimary(address, options, events) };
  }
}

type Options = Awaited<ReturnType<typeof connectionOptions>>;

async function connectionOptions({ tls, caFile, username, password, database }: StoreAddress) {
  const ca = caFile === undefined ? undefined : await readCa(caFile);
  return {
    socket: {
      connectTimeout: connectMs,
      reconnectStrategy: false as const,
      ...(tls ? { tls: true as const, ...(ca ? { ca } : {}) } : {}),
    },
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    RESP: 2 as const,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled' as const,
    // Its time-out ends at the write, at the cost of a timer and a signal for each command; ours is in StoreConnection.
    commandOptions: { timeout: undefined },
  };
}

async function readCa(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const message = `log store URL: the CA file ${file} cannot be read. Give ?ca= a PEM file that this user may read`;
    throw new RecordError('misconfigured', message, { cause });
  }
}

async function openServer(
  { host, port }: StoreNode,
  options: Options,
  events: DriverEvents,
): Promise<Driver> {
  const client = createClient({ ...options, socket: { ...options.socket, host, port } });
  client.on('error', events.onError);
  try {
    // A server that is frozen accepts connections all the same.
    await inTime(client.connect().then(() => client.sendCommand(['PING'])));
  } catch (error) {
    client.destroy();
    throw error;
  }
  client.on('terminated', events.onLost);
  return {
    send: (_key, args) => client.sendCommand(args),
    close: () => client.close(),
    destroy: () => client.destroy(),
  };
}

async function openCluster(nodes: StoreNode[], options: Options, events: DriverEvents): Promise<Driver> {
  const cluster = createCluster({
    rootNodes: nodes.map(({ host, port }) => ({ socket: { host, port } })),
    defaults: options,
    RESP: 2,
    // Otherwise one node that is down keeps all others from being used.
    minimizeConnections: true,
    commandOptions: options.commandOptions,
  });
  cluster.on('error', events.onError);
  cluster.on('node-error', (error: unknown) => {
    events.onError(error);
    events.onLost();
  });
  try {
    await inTime(cluster.connect(), connectMs * nodes.length);
  } catch (error) {
    cluster.destroy();
    throw error;
  }
  return {
    send: (key, args) => cluster.sendCommand(key, false, args),
    close: () => cluster.close(),
    destroy: () => cluster.destroy(),
  };
}

/**
 * node-redis has `createSentinel`, but it keeps commands while there is no primary and sends again those whose reply was
 * lost, a second or more later: a claim must not be made when nobody waits for it any more.
 */
async function openPrimary(address: StoreAddress, options: Options, events: DriverEvents): Promise<Driver> {
  const { nodes, primary = '' } = address;
  const { username: _u, password: _p, database: _d, ...plain } = options;
  let problem: unknown;
  for (const node of nodes) {
    try {
      const sentinel = await openServer(node, plain, { ...events, onLost: () => {} });
      const found = sentinel.send('', ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', primary]);
      const reply = (await inTime(found).finally(() => sentinel.destroy())) as [string, string] | null;
      if (!reply) throw new RecordError('misconfigured', `Sentinel knows no primary named "${primary}"`);
      return await openWritable({ host: reply[0], port: Number(reply[1]) }, options, events);
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** What a Sentinel names may have been a primary once. */
async function openWritable(node: StoreNode, options: Options, events: DriverEvents): Promise<Driver> {
  const driver = await openServer(node, options, events);
  const [role] = (await inTime(driver.send('', ['ROLE']))) as [string];
  if (role === 'master') return driver;
  driver.destroy();
  throw new RecordError('unreachable', `${node.host}:${node.port} is a ${role} and not the primary`);
}

/** @throws RecordError `unreachable` */
export function inTime<Value>(promise: Promise<Value>, ms = connectMs): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const tooLate = () => reject(new RecordError('unreachable', `no answer in ${ms} ms`));
  // When the loop stood still, timers come first: an answer that is there already is read before this gives up.
  const timer = setTimeout(() => setImmediate(tooLate), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
