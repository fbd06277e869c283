/** What is wrong with a session description (RFC 4566 section 9), as far as a call of audio goes. */
export function sdpFaults(body: string): string[] {
  if (!body.endsWith('\r\n')) return ['the SDP does not end in CRLF'];
  const lines = body.slice(0, -2).split('\r\n');
  const faults = lines

    .filter((line) => !/^[a-z]=[^\x00-\x08\x0a-\x1f]+$/.test(line))
    .map((line) => `no SDP line: ${JSON.stringify(line.slice(0, 40))}`);
  const firstMedia = lines.findIndex((line) => line.startsWith('m='));
  if (firstMedia < 0) return [...faults, 'an SDP without media'];
  const session = lines.slice(0, firstMedia);
  const order = session.map((line) => line[0]).join('');
  if (!/^vosi?u?e*p*c?b*(tr*)+z?k?a*$/.test(order)) faults.push(`session lines in the order ${order}`);
  if (session[0] !== 'v=0') faults.push('not version 0');
  if (!/^o=\S+ \d+ \d+ IN IP[46] \S+$/.test(session[1] ?? '')) faults.push(`origin: ${session[1]}`);
  return [
    ...faults,
    ...mediaFaults(
      lines.slice(firstMedia),
      session.some((line) => line.startsWith('c=')),
    ),
  ];
}

function mediaFaults(lines: readonly string[], connected: boolean): string[] {
  const faults: string[] = [];
  const sections = lines.join('\r\n').split(/\r\n(?=m=)/);
  for (const section of sections) {
    const [media = '', ...rest] = section.split('\r\n');
    const [, port = ''] = /^m=[!-~]+ (\d{1,5})(?:\/\d+)? [!-~]+(?: [!-~]+)+$/.exec(media) ?? [];
    if (port === '' || Number(port) > 65_535) faults.push(`media: ${JSON.stringify(media.slice(0, 60))}`);
    const order = rest.map((line) => line[0]).join('');
    if (!/^i?c*b*k?a*$/.test(order)) faults.push(`media lines in the order ${order}`);
    if (!connected && !order.includes('c')) faults.push('media without a connection address');
  }
  for (const line of lines.filter((text) => text.startsWith('c=')))
    if (!/^c=IN IP[46] [0-9A-Fa-f.:]+$/.test(line)) faults.push(`connection: ${JSON.stringify(line)}`);
  return faults;
}
