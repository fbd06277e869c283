import { RecordError } from '../errors.ts';

export interface StoreNode {
  host: string;
  port: number;
}

/** Where the log store is, as its URL says. */
export interface StoreAddress {
  /** `sentinel`: `nodes` are the Sentinels, who know which server is `primary` now. */
  kind: 'single' | 'cluster' | 'sentinel';
  nodes: [StoreNode, ...StoreNode[]];
  tls: boolean;
  /** PEM file with the authority that signed the servers' certificates, where it is not one that Node knows. */
  caFile?: string;
  username?: string;
  password?: string;
  database?: number;
  primary?: string;
}

const shape =
  /^redis(?<tls>s?)(?:-(?<kind>cluster|sentinel))?:\/\/(?:(?<user>[^@/?#]*)@)?(?<nodes>[^@/?#]+)(?:\/(?<database>\d*))?(?:\?(?<query>[^#]*))?(?:#(?<primary>.+))?$/;

const examples =
  'Write redis://host:6379, rediss://user:password@host:6379?ca=/etc/ca.pem, redis-cluster://host1:6379,host2:6379 or redis-sentinel://host1:26379,host2:26379#primary-name';

/**
 * Reads `redis[s][-cluster|-sentinel]://[user:password@]host[:port][,host[:port]…][/database][?ca=FILE][#primary]`. User and
 * password are percent-encoded.
 * @throws RecordError `misconfigured`; its message holds no password.
 */
export function parseStoreUrl(url: string): StoreAddress {
  const parts = shape.exec(url)?.groups;
  if (!parts) throw fault('it is not of a form that is known');
  const kind = (parts.kind ?? 'single') as StoreAddress['kind'];
  const tls = parts.tls === 's';
  const nodes = (parts.nodes ?? '').split(',').map((node) => parseNode(node, kind));
  const [first, ...others] = nodes;
  if (!first || (kind === 'single' && others.length > 0))
    throw fault('several hosts need redis-cluster:// or redis-sentinel://');
  const address: StoreAddress = { kind, nodes: [first, ...others], tls };
  if (parts.user) Object.assign(address, parseUser(parts.user));
  const caFile = parseQuery(parts.query);
  if (caFile !== undefined) address.caFile = caFile;
  if (parts.database) address.database = Number(parts.database);
  if (parts.primary !== undefined) address.primary = decode(parts.primary);
  if (caFile !== undefined && !tls) throw fault('a CA file needs TLS: rediss://');
  if (kind === 'cluster' && address.database) throw fault('a cluster has only database 0');
  if (kind === 'sentinel' && !address.primary) throw fault('Sentinels need the primary’s name after #');
  if (kind !== 'sentinel' && address.primary) throw fault('only Sentinels take a name after #');
  return address;
}

/**
 * The URL with a password for its user: a secret that is kept apart from what is configured.
 * @throws RecordError `misconfigured` when it names no user, or has a password already.
 */
export function withPassword(url: string, password: string | undefined): string {
  if (password === undefined) return url;
  const [, user, rest] = /^(rediss?(?:-\w+)?:\/\/[^@/?#:]+)(@.*)$/.exec(url) ?? [];
  if (user === undefined) throw fault('a password that is given apart needs a user, and none with it');
  return `${user}:${encodeURIComponent(password)}${rest}`;
}

function parseNode(text: string, kind: StoreAddress['kind']): StoreNode {
  const [, host, port] = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d+))?$/i.exec(text) ?? [];
  const number = port === undefined ? (kind === 'sentinel' ? 26379 : 6379) : Number(port);
  if (!host || number < 1 || number > 65535) throw fault(`"${text}" is no host:port`);
  return { host: host.replace(/^\[|\]$/g, ''), port: number };
}

function parseUser(text: string): Pick<StoreAddress, 'username' | 'password'> {
  const colon = text.indexOf(':');
  const username = decode(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? '' : decode(text.slice(colon + 1));
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function parseQuery(text = ''): string | undefined {
  const query = new URLSearchParams(text);
  for (const key of query.keys()) if (key !== 'ca') throw fault(`?${key} is not known, only ?ca=FILE`);
  return query.get('ca') ?? undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault('a % in it does not begin a percent-encoded byte');
  }
}

const fault = (what: string) => new RecordError('misconfigured', `log store URL: ${what}. ${examples}`);
