import { z } from 'zod';
import { parseIpv4, parseNetwork } from './networks.ts';

/**
 * The leaves of vestibule.yaml. Each carries `description` and `examples` in its metadata: the JSON Schema for
 * editors and the remedies in fault messages are both made from them.
 */

/** A string that `read` turns into a value; undefined means that it is not one. */
function leaf<T>(what: string, example: string, description: string, read: (text: string) => T | undefined) {
  return z
    .string()
    .meta({ description, examples: [example] })
    .transform((text, context) => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: `${JSON.stringify(text)} is not ${what}` });
      return z.NEVER;
    });
}

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);

export const name = (description: string, example: string) =>
  leaf(
    'a name of lower-case letters, digits and hyphens',
    example,
    description,
    matching(/^[a-z][a-z0-9-]{0,62}$/),
  );

export const e164 = (description: string) =>
  leaf('an E.164 number', '+15550100100', description, matching(/^\+[1-9]\d{6,14}$/));

export const timeZone = (description: string) =>
  z
    .string()
    .refine(isTimeZone, 'is not an IANA time zone')
    .meta({ description, examples: ['America/New_York'] });

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

export const ipv4 = (description: string) =>
  leaf('an IPv4 address', '10.0.1.10', description, (text) =>
    parseIpv4(text) === undefined ? undefined : text,
  );

export const network = (description: string) =>
  leaf(
    'an IPv4 network in CIDR notation (with its host bits zero)',
    '168.86.128.0/18',
    description,
    (text) => (parseNetwork(text) === undefined ? undefined : text),
  );

/** Relative to the file it is named in, or absolute. Nothing that a daemon's own file would have to quote. */
export const file = (description: string, example: string) =>
  leaf('a path of letters, digits and . _ - / + @ : % ,', example, description, matching(/^[\w./+@:%,-]+$/));

export const port = (description: string) =>
  z
    .int()
    .min(1)
    .max(65535)
    .meta({ description, examples: [5060] });

/** Inclusive at both ends. */
export interface PortRange {
  from: number;
  to: number;
}

export const portRange = (description: string) =>
  leaf('a range of ports', '10000-20000', description, (text): PortRange | undefined => {
    const [, low, high] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
    const range = { from: Number(low), to: Number(high) };
    return range.from >= 1024 && range.to <= 65535 && range.from < range.to ? range : undefined;
  });

export interface HostPort {
  /** IPv4. */
  host: string;
  port: number;
}

export const hostPort = (description: string) =>
  leaf('an IPv4 address with a port', '10.0.2.15:5060', description, (text): HostPort | undefined => {
    const [, host = '', digits] = /^([\d.]+):(\d{1,5})$/.exec(text) ?? [];
    const value = Number(digits);
    return parseIpv4(host) !== undefined && value >= 1 && value <= 65535 ? { host, port: value } : undefined;
  });

/** At most `count` in any `seconds`. */
export interface Rate {
  count: number;
  seconds: number;
}

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600 };

export const rate = (description: string) =>
  leaf('a rate', '5/60s', description, (text): Rate | undefined => {
    const [, count, amount, unit = ''] = /^([1-9]\d{0,5})\/(\d{0,4})([smh])$/.exec(text) ?? [];
    const seconds = (amount === '' ? 1 : Number(amount)) * (unitSeconds[unit] ?? NaN);
    return seconds >= 1 && seconds <= 86_400 ? { count: Number(count), seconds } : undefined;
  });

/** Object Lock takes whole days or whole years. */
export interface Retention {
  count: number;
  unit: 'days' | 'years';
}

export const retention = (description: string) =>
  leaf('a retention time', '6y', description, (text): Retention | undefined => {
    const [, count, unit] = /^([1-9]\d{0,3})([dy])$/.exec(text) ?? [];
    return count === undefined ? undefined : { count: Number(count), unit: unit === 'y' ? 'years' : 'days' };
  });

/** When an object written at `from` may be deleted. A leap day moves to 1 March. */
export function retainUntil({ count, unit }: Readonly<Retention>, from: Date): Date {
  const end = new Date(from);
  if (unit === 'years') end.setUTCFullYear(end.getUTCFullYear() + count);
  else end.setUTCDate(end.getUTCDate() + count);
  return end;
}

export const url = (description: string, example: string, protocols: readonly string[]) =>
  leaf(`a URL (${protocols.join(', ')})`, example, description, (text) =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : undefined,
  );

export const hostname = (description: string) =>
  leaf(
    'a host name',
    'api.openai.com',
    description,
    matching(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/),
  );
