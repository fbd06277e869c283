/** IPv4 addresses and networks as the edge, the app tier and their firewalls write them. */

/** The address as an unsigned 32-bit number, or undefined when it is none (RFC 791 dotted quad, no leading zeros). */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export interface Network {
  /** The first address as a number. */
  base: number;
  /** 0–32. */
  prefix: number;
}

/** `168.86.128.0/18`, or undefined. Host bits must be zero: `10.0.0.1/24` is more often a slip than a wish. */
export function parseNetwork(text: string): Network | undefined {
  const [address, length, ...rest] = text.split('/');
  if (address === undefined || length === undefined || rest.length > 0) return undefined;
  if (!/^(\d|[12]\d|3[0-2])$/.test(length)) return undefined;
  const base = parseIpv4(address);
  const prefix = Number(length);
  if (base === undefined || base % 2 ** (32 - prefix) !== 0) return undefined;
  return { base, prefix };
}

/** Whether `address` (dotted quad) lies in `network` (CIDR). False when either does not parse. */
export function networkContains(network: string, address: string): boolean {
  const parsed = parseNetwork(network);
  const value = parseIpv4(address);
  if (parsed === undefined || value === undefined) return false;
  return value >= parsed.base && value < parsed.base + 2 ** (32 - parsed.prefix);
}

/** RFC 1918, RFC 6598 (shared), loopback and link-local: never routed on the internet. */
const privateNetworks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
];

export function isPrivateAddress(address: string): boolean {
  return privateNetworks.some((network) => networkContains(network, address));
}

/** Whether all of `network` (CIDR) is private. */
export function isPrivateNetwork(network: string): boolean {
  const [first = '', length] = network.split('/');
  return privateNetworks.some(
    (whole) => networkContains(whole, first) && Number(length) >= Number(whole.split('/')[1]),
  );
}

/** Whether two networks (CIDR) have an address in common. */
export function networksOverlap(a: string, b: string): boolean {
  const first = (network: string) => network.slice(0, network.indexOf('/'));
  return networkContains(a, first(b)) || networkContains(b, first(a));
}

/**
 * Whether a call to this endpoint stays inside the VPC: a private or loopback address, a name of an interface
 * endpoint (`vpce-….vpce.amazonaws.com`), a private hosted zone (`.internal`), or a service of this region that
 * the app tier reaches by an interface endpoint with private DNS. The app tier has no other route out, so a name
 * wrongly trusted here still does not leave; it only fails later.
 */
export function isInsideVpc(host: string, region: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (name === 'localhost' || name === '::1' || isPrivateAddress(name)) return true;
  if (name.endsWith('.vpce.amazonaws.com') || name.endsWith('.internal')) return true;
  return ['bedrock-runtime', 'transcribestreaming', 'polly'].some(
    (service) => name === `${service}.${region}.amazonaws.com`,
  );
}
