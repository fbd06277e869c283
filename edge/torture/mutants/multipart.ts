import type { Mutation } from './headers.ts';

/** Bodies of several parts (RFC 5621), well-formed and not: Kamailio 5.6 has known memory faults there. */

const types = [
  ...[
    'multipart/mixed;boundary=b',
    'multipart/mixed; boundary="b"',
    'Multipart/Mixed;Boundary=b',
    'multipart/mixed',
    'multipart/mixed;boundary=',
  ],
  ...[
    'multipart/mixed;boundary="',
    'multipart/related;boundary=b;type="application/sdp"',
    'multipart/mixed;boundary=\r\n b',
    'multi\r\n part/mixed;boundary=b',
  ],
  ...[
    'multipart/\0mixed;boundary=b',
    'application/sdp, multipart/mixed;boundary=b',
    'application/sdp;x=multipart/mixed;boundary=b',
    'multipart',
  ],
  ...[
    'multipart/alternative;boundary=b;boundary=c',
    ' \r\n\tmultipart/mixed;boundary=b',
    'application/ISUP;multipart',
    '"multipart/mixed";boundary=b',
  ],
];

const part = (type: string, body: string) =>
  `--b\r\nContent-Type: ${type}\r\nContent-Disposition: session\r\n\r\n${body}\r\n`;

export const multipartMutations: Record<string, Mutation> = {
  multipart: (draft, random) => {
    const type = random.chance(0.2)
      ? `multipart/mixed;boundary=${'b'.repeat(random.pick([71, 5000]))}`
      : random.pick(types);
    const name = random.pick(['Content-Type', 'c', 'content-type', 'C ', 'CONTENT-TYPE']);
    const kept = draft.headers.filter((line) => random.chance(0.3) || !/^content-type/i.test(line));
    const bodies = [
      `${part('application/sdp', draft.body)}${part('application/isup', '\x01\x00\x49')}--b--\r\n`,
      `${part('application/sdp', draft.body)}`,
      `--b\r\n--b\r\n--b--`,
      `--b--`,
      `--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n${part('application/sdp', draft.body)}--b--\r\n--b--`,
      `--b\r\n\r\n${draft.body}`,
      `--b\r\nContent-Length: -1\r\n\r\n\r\n--b`,
      part('x', '').repeat(random.pick([3, 400])),
      draft.body,
    ];
    return { ...draft, headers: [`${name}: ${type}`, ...kept], body: random.pick(bodies) };
  },
};
