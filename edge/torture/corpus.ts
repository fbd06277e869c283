import { readFileSync } from 'node:fs';

/** What RFC 4475 says of a message. Responses are those that answer nothing anybody asked. */
export interface TortureMessage {
  name: string;
  /** Of the RFC. */
  section: string;
  valid: boolean;
  bytes: Buffer;
}

const folder = new URL('rfc4475/', import.meta.url);

/** Section 3.1.1: well-formed, however odd. */
const valid = [
  ...['wsinv', 'intmeth', 'esc01', 'escnull', 'esc02', 'lwsdisp', 'longreq', 'dblreq', 'semiuri'],
  ...['transports', 'mpart01', 'unreason', 'noreason'],
];

/** Section 3.1.2: not what the grammar says. */
const malformed = [
  ...['badinv01', 'clerr', 'ncl', 'scalar02', 'scalarlg', 'quotbal', 'ltgtruri', 'lwsruri', 'lwsstart'],
  ...['trws', 'escruri', 'baddate', 'regbadct', 'badaspec', 'baddn', 'badvers', 'mismatch01', 'mismatch02'],
  'bigcode',
];

/** Section 3.3: what nobody can act on as it stands: headers missing or twice, unknown schemes, zero hops. */
const unusable = [
  ...['insuf', 'unkscm', 'novelsc', 'unksm2', 'bext01', 'invut', 'regaut01', 'multi01', 'mcl01', 'bcast'],
  ...['zeromf', 'cparam01', 'cparam02', 'regescrt', 'sdp01'],
];

const sections: [string, readonly string[]][] = [
  ['3.1.1', valid],
  ['3.1.2', malformed],
  ['3.2', ['badbranch']],
  ['3.3', unusable],
  ['3.4', ['inv2543']],
];

export const tortureMessages: readonly TortureMessage[] = sections.flatMap(([section, names]) =>
  names.map((name, index) => ({
    name,
    section: names.length === 1 ? `${section}.1` : `${section}.${index + 1}`,
    valid: section === '3.1.1',
    bytes: readFileSync(new URL(`${name}.dat`, folder)),
  })),
);

/** Users that the corpus's INVITEs call: to be listed as numbers, so that messages are judged by their form. */
export const tortureUsers = ['user', 'vivekg', 'UserB', 'sips%3Auser%40example.com'];
/** Domains likewise, for a proxy that has domains. */
export const tortureDomains = [
  'example.com',
  'example.net',
  'example.org',
  'chair-dnrc.example.com',
  'company.com',
];
