import type { HostPort } from '@vestibule/config';

/** One `m=` section of an SDP, without its attributes of transport. */
export interface AudioSection {
  /** Where it is sent from. */
  from: HostPort;
  /** Payload types in order of preference, with their encodings: `0` → `PCMU/8000`. */
  formats: { payloadType: number; encoding: string }[];
  /** `a=rtpmap` and `a=fmtp`, as they stand. */
  formatLines: string[];
}

/** The audio sections of an offer (RFC 8866), in order. */
export function audioSections(sdp: string): AudioSection[] {
  const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
  return sections.filter((section) => section.startsWith('m=audio ')).map((text) => sectionOf(text, session));
}

function sectionOf(text: string, session: string): AudioSection {
  const lines = text.split(/\r?\n/);
  const [, port, , ...types] = (lines[0] ?? '').slice('m='.length).split(' ');
  const formatLines = lines.filter((line) => /^a=(rtpmap|fmtp):/.test(line));
  const encodingOf = (type: string) =>
    formatLines.find((line) => line.startsWith(`a=rtpmap:${type} `))?.split(' ')[1] ??
    staticTypes[type] ??
    '';
  return {
    from: { host: addressIn(text) ?? addressIn(session) ?? '', port: Number(port) },
    formats: types.map((type) => ({ payloadType: Number(type), encoding: encodingOf(type) })),
    formatLines,
  };
}

const addressIn = (text: string) => /^c=IN IP4 ([\d.]+)/m.exec(text)?.[1];

/** RFC 3551, table 4: what needs no rtpmap. */
const staticTypes: Record<string, string> = { '0': 'PCMU/8000', '8': 'PCMA/8000' };

/**
 * The answer of who only listens: each section to its own place, every format taken as offered. RTPEngine 10.5 forks nothing when the answer
 * leaves out telephone-event.
 */
export function listeningAnswer(sections: readonly AudioSection[], places: readonly HostPort[]): string {
  const [first] = places;
  const session = ['v=0', `o=- 0 0 IN IP4 ${first?.host ?? ''}`, 's=-', 't=0 0'];
  const media = sections.flatMap(({ formats, formatLines }, index) => {
    const { host, port } = places[index] ?? { host: '', port: 0 };
    const types = formats.map(({ payloadType }) => payloadType).join(' ');
    return [`m=audio ${port} RTP/AVP ${types}`, `c=IN IP4 ${host}`, ...formatLines, 'a=recvonly'];
  });
  return [...session, ...media, ''].join('\r\n');
}
