import type { Mutation } from './headers.ts';
import type { Draft } from './invites.ts';
import type { Random } from './random.ts';

/** Changes of the start line, of single bytes and of a body's lines. */

const bytes = [
  '\0',
  '\r',
  '\n',
  '\t',
  ' ',
  '\x7f',
  '\x80',
  '\xff',
  '"',
  '<',
  '>',
  ';',
  ',',
  '%',
  '\\',
  ':',
  '@',
  '\x1b',
  '\xc3\xa9',
];

function scribble(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  const gone = random.pick([0, 0, 1, 1, 2, 8]);
  const put = random.chance(0.8) ? random.pick(bytes) : String.fromCharCode(random.below(256));
  return text.slice(0, from) + put + text.slice(from + gone);
}

const startLines = [
  ...[
    'INVITE sip:+15550100100@h SIP/3.0',
    'INVITE  sip:+15550100100@h SIP/2.0',
    'INVITE sip:+15550100100@h SIP/2.0 ',
  ],
  ...[
    'invite sip:+15550100100@h SIP/2.0',
    'INVITE sip:+15550100100@h?X-Vestibule-Verified=yes SIP/2.0',
    'INVITE <sip:+15550100100@h> SIP/2.0',
  ],
  ...[
    'INVITE sip:+15550100100@h;a=%00;lr SIP/2.0',
    'INVITE sip:+15550100100:pw@h SIP/2.0',
    'INVITE sip:+15550100100%0d%0aX:y@h SIP/2.0',
  ],
  ...[
    'INVITE tel:+15550100100 SIP/2.0',
    'INVITE sips:+15550100100@h SIP/2.0',
    'INVITE sip:+15550100100@[::1]:70000 SIP/2.0',
    'INVITE',
  ],
  ...[
    'INVITE sip:+15550100100@h;x="y z" SIP/2.0',
    'INVITE sip:+15550100100@h\tSIP/2.0',
    '\r\n\r\nINVITE sip:+15550100100@h SIP/2.0',
    '',
  ],
];

const sdpLines = [
  ...[
    'm=audio 0 RTP/AVP 0',
    'm=audio 65536 RTP/AVP 0',
    'm=audio -1 RTP/AVP 0',
    'm=video 4000 RTP/AVP 31',
    'm=audio 4000 RTP/AVP',
    'm=',
    'm=audio',
  ],
  ...[
    'm=audio 4000/2 RTP/AVP 0',
    'm=audio 4000 UDP/TLS/RTP/SAVPF 111',
    'm=image 4000 udptl t38',
    'm=audio 99999999999 RTP/AVP 0 0 0 0 256 -1',
  ],
  ...[
    'c=IN IP4 0.0.0.0',
    'c=IN IP4 999.1.1.1',
    'c=IN IP6 ::1',
    'c=IN IP4 host.example.com',
    'c=IN IP4',
    'c=',
    'c=IN IP4 224.2.1.1/127/3',
  ],
  ...[
    'a=crypto:1 X inline:',
    'a=rtcp:0',
    'a=rtcp:99999',
    'a=candidate:1 1 UDP 1 1.2.3.4 9 typ host',
    'a=\0',
    'a=',
    '=',
    'v=1',
    'v=0',
    's=',
    't=x',
  ],
  ...[
    'o=- x y IN IP4 z',
    'o=',
    'b=AS:-1',
    'z=0 0',
    'no line',
    'a=rtpmap:0',
    'a=ice-ufrag:x',
    'a=setup:actpass',
    ' a=fold',
    'k=clear:x',
  ],
];

function bodyLine(draft: Draft, random: Random, change: (lines: string[], index: number) => string[]): Draft {
  const lines = draft.body.split('\r\n');
  return { ...draft, body: change(lines, random.below(lines.length)).join('\r\n') };
}

export const lineMutations: Record<string, Mutation> = {
  startLine: (draft, random) => ({ ...draft, startLine: random.pick(startLines) }),
  startByte: (draft, random) => ({ ...draft, startLine: scribble(draft.startLine, random) }),
  headerByte: (draft, random) => {
    const index = random.below(draft.headers.length);
    return { ...draft, headers: draft.headers.with(index, scribble(draft.headers[index] ?? '', random)) };
  },
  bodyByte: (draft, random) => ({ ...draft, body: scribble(draft.body, random) }),
  sdpLine: (draft, random) =>
    bodyLine(draft, random, (lines, index) => lines.toSpliced(index, random.below(2), random.pick(sdpLines))),
  sdpDropped: (draft, random) => bodyLine(draft, random, (lines, index) => lines.toSpliced(index, 1)),
  sdpDoubled: (draft, random) =>
    bodyLine(draft, random, (lines, index) => lines.toSpliced(index, 0, random.pick(lines))),
  sdpLineEnds: (draft, random) => ({
    ...draft,
    body: draft.body.replaceAll('\r\n', random.pick(['\n', '\r', '\n\r', '\r\r\n'])),
  }),
  sdpHuge: (draft, random) => ({
    ...draft,
    body:
      draft.body +
      random
        .pick(['a=x\r\n', 'm=audio 4 RTP/AVP 0\r\n', 'a', '\0', 'c=IN IP4 1.1.1.1\r\n'])
        .repeat(random.pick([50, 2000])),
  }),
  trailing: (draft, random) => ({
    ...draft,
    body: draft.body + random.pick(['\r\n', 'x', '\0\0', 'INVITE sip:a SIP/2.0\r\n\r\n']),
  }),
  cutOff: (draft, random) => ({ ...draft, body: draft.body.slice(0, random.below(draft.body.length)) }),
};
