import { isPort, type Peer } from '../udp.ts';

/** A SIP or tel URI taken apart. */
export interface SipUri {
  scheme: string;
  /** Empty when there is none. For tel URIs the number. */
  user: string;
  host: string;
  port: number | undefined;
  /** Lower-case names; empty value for flags such as lr. */
  parameters: ReadonlyMap<string, string>;
}

/** Undefined for what is no such URI, a port outside 1–65535 included. */
export function parseUri(text: string): SipUri | undefined {
  const parts = text.match(/^(sips?|tel):([^;?]*)((?:;[^?]*)?)/i);
  if (!parts) return undefined;
  const scheme = parts[1]!.toLowerCase();
  const parameters = parseParameters(parts[3]!);
  if (scheme === 'tel') return { scheme, user: parts[2]!, host: '', port: undefined, parameters };
  const address = parts[2]!.match(/^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/);
  if (!address || address[2] === '') return undefined;
  const port = portOf(address[3]);
  if (port !== undefined && !isPort(port)) return undefined;
  return {
    scheme,
    user: (address[1] ?? '').split(':')[0]!,
    host: address[2]!,
    port,
    parameters,
  };
}

function portOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** `;a=1;b` as a map with lower-case names. */
export function parseParameters(text: string): Map<string, string> {
  const found = text.matchAll(/;\s*([^\s;=]+)(?:\s*=\s*("(?:\\.|[^"])*"|[^;]*))?/g);
  return new Map([...found].map((match) => [match[1]!.toLowerCase(), (match[2] ?? '').trim()]));
}

/** A From, To, Contact, Route or Refer-To value. */
export interface NameAddress {
  /** Display name without quotes; empty when there is none. */
  display: string;
  uri: string;
  parameters: ReadonlyMap<string, string>;
}

export function parseNameAddress(value: string): NameAddress {
  const angled = value.match(/^\s*(?:"((?:\\.|[^"\\])*)"|([^<"]*))\s*<([^>]*)>(.*)$/s);
  if (angled) {
    const display = angled[1]?.replace(/\\(.)/g, '$1') ?? angled[2]!.trim();
    return { display, uri: angled[3]!.trim(), parameters: parseParameters(angled[4]!) };
  }
  // Without brackets, parameters belong to the header field and not to the URI (RFC 3261 §20).
  const [uri = '', ...rest] = value.trim().split(';');
  return { display: '', uri, parameters: parseParameters(rest.map((part) => `;${part}`).join('')) };
}

/** The tag of a From or To value, or undefined. */
export function tagOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : parseNameAddress(value).parameters.get('tag');
}

/** Where a request for this URI goes. Hosts are addresses here; nothing is looked up (RFC 3263 is left out). */
export function peerOf(uri: string): Peer | undefined {
  const parsed = parseUri(uri);
  if (!parsed || parsed.host === '') return undefined;
  return { address: parsed.parameters.get('maddr') ?? parsed.host, port: parsed.port ?? 5060 };
}

/** The topmost Via: transport, sent-by, and its parameters. */
export interface Via {
  protocol: string;
  host: string;
  port: number | undefined;
  parameters: ReadonlyMap<string, string>;
}

/** Undefined for what is no Via, a port outside 1–65535 included. */
export function parseVia(value: string): Via | undefined {
  const parts = value.match(
    /^SIP\s*\/\s*2\.0\s*\/\s*(\S+)\s+([^\s;:]+|\[[^\]]+\])\s*(?::\s*(\d+))?\s*((?:;.*)?)$/s,
  );
  if (!parts) return undefined;
  const port = portOf(parts[3]);
  if (port !== undefined && !isPort(port)) return undefined;
  return {
    protocol: parts[1]!.toUpperCase(),
    host: parts[2]!,
    port,
    parameters: parseParameters(parts[4]!),
  };
}
