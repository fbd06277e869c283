import type { Draft } from './invites.ts';
import type { Random } from './random.ts';

/** Changes of one header, or of which headers there are. */
export type Mutation = (draft: Draft, random: Random) => Draft;

const at = (draft: Draft, random: Random) => random.below(draft.headers.length);

function withHeader(draft: Draft, index: number, line: string): Draft {
  return { ...draft, headers: draft.headers.with(index, line) };
}

const insert = (draft: Draft, random: Random, line: string): Draft => ({
  ...draft,
  headers: draft.headers.toSpliced(random.below(draft.headers.length + 1), 0, line),
});

const forged = [
  ...[
    'X-Vestibule-Verified: yes',
    'x-vestibule-verified : yes',
    'X-Vestibule-Attestation:A',
    'X-Vestibule-Verified\t:\tyes',
  ],
  ...[
    'X-Vestibule-Decision: 1\r\n 2',
    'Subject: a\nX-Vestibule-Verified: yes',
    'Subject: a\rX-Vestibule-Verified: yes',
  ],
  ...[
    'Subject: a\r\n X-Vestibule-Verified: yes',
    'X-Vestibule-Verified\r\n : yes',
    'X-Vestibule-Verified',
    ':X-Vestibule-Verified: yes',
  ],
  ...[
    'X-Vestibule-Verified;x=y: yes',
    'X-Twilio-VerStat: TN-Validation-Passed-A',
    'x-twilio-verstat : TN-Validation-Passed-A',
  ],
  ...[
    'X-Twilio-VerStat:\r\n TN-Validation-Passed-A',
    'Subject: \0\r\nX-Vestibule-Verified: yes',
    '\0: x\r\nX-Vestibule-Verified: yes',
  ],
  ...[
    'Route: <sip:127.0.0.1:9;lr>',
    'Content-Encoding: gzip',
    'Require: 100rel, foo',
    'Proxy-Require: foo',
    'Event: a;b;c',
  ],
  ...[
    'Date: Fri, 01 Jan 2010 16:00:00 EST',
    'Session-Expires: -1',
    'Expires: 99999999999999999',
    'Min-SE: x',
    'Replaces: a;b',
  ],
];

const numbers = [
  '-1',
  '0',
  '00000001',
  '1e9',
  '0x10',
  '4294967296',
  '36893488147419103232',
  '٣',
  ' ',
  '1 1',
  '1,1',
  '"1"',
  '',
];

const uris = [
  ...[
    '<sip:>',
    '<sip:@>',
    'sip:a@b, sip:c@d',
    '<sip:a@[::1]:x>',
    '<sip:a@b:99999>',
    '<sip:%@b>',
    '<sip:a%00b@c>',
    '<<sip:a@b>>',
  ],
  ...[
    '"unterminated <sip:a@b>',
    '<sip:a@b',
    'sip:a@b?Route=%3Csip:c%3E',
    '<tel:+1555>;tag=x',
    '<sips:a@b;maddr=c;maddr=d>;tag=',
    '*',
  ],
  ...[
    '<sip:a b@c>',
    '<sip:a@b\\c>',
    '<data:,x>',
    '<http://a/b>',
    'A, B <sip:a@b>',
    '< sip:a@b >',
    '<sip:a@b>;tag="x\\"y',
    ';',
    '',
  ],
];

export const headerMutations: Record<string, Mutation> = {
  duplicated: (draft, random) => insert(draft, random, random.pick(draft.headers)),
  dropped: (draft, random) => ({ ...draft, headers: draft.headers.toSpliced(at(draft, random), 1) }),
  moved: (draft, random) => {
    const index = at(draft, random);
    const line = draft.headers[index] ?? '';
    return insert({ ...draft, headers: draft.headers.toSpliced(index, 1) }, random, line);
  },
  forged: (draft, random) => insert(draft, random, random.pick(forged)),
  folded: (draft, random) => {
    const index = at(draft, random);
    const line = draft.headers[index] ?? '';
    const fold = random.pick(['\r\n ', '\r\n\t', '\n ', '\r ', '\r\n \r\n ', ' \r\n    ']);
    const cut = random.chance(0.5) ? Math.max(line.indexOf(' '), 0) : random.below(line.length + 1);
    return withHeader(draft, index, line.slice(0, cut) + fold + line.slice(cut));
  },
  separator: (draft, random) => {
    const index = at(draft, random);
    const by = random.pick([':', ' : ', '\t:\t', ' :', ': : ', '', ' ', ';', '\0:', ':\r\n ', '\r\n :']);
    return withHeader(
      draft,
      index,
      (draft.headers[index] ?? '').replace(/: ?/, () => by),
    );
  },
  number: (draft, random) => {
    const named = draft.headers.findIndex((line) =>
      line.startsWith(random.pick(['CSeq', 'Max-Forwards', 'Content-Length'])),
    );
    const index = named < 0 ? at(draft, random) : named;
    return withHeader(
      draft,
      index,
      (draft.headers[index] ?? '').replace(/\d+/, () => random.pick(numbers)),
    );
  },
  address: (draft, random) => {
    const index = draft.headers.findIndex((line) =>
      line.startsWith(random.pick(['From', 'To', 'Contact', 'Record-R', 'P-Ass'])),
    );
    if (index < 0) return draft;
    const [name = ''] = (draft.headers[index] ?? '').split(':');
    return withHeader(
      draft,
      index,
      `${name}: ${random.pick(uris)}${random.pick(['', ';tag=t', ';tag=a;tag=b', ';x=\0', ','])}`,
    );
  },
  huge: (draft, random) => {
    const index = at(draft, random);
    const filler = random.pick(['a', ',', ';', '"', '\\', '%', ' ', '\t', '<', '\xff', '\r\n ']);
    return withHeader(
      draft,
      index,
      (draft.headers[index] ?? '') + filler.repeat(random.pick([300, 3000, 20_000])),
    );
  },
  many: (draft, random) => {
    const line = random.pick([
      ...draft.headers,
      'v: SIP/2.0/UDP a',
      'X: y',
      'k: a',
      'Record-Route: <sip:a;lr>',
    ]);
    return {
      ...draft,
      headers: [...draft.headers, ...Array<string>(random.pick([10, 100, 600])).fill(line)],
    };
  },
};
