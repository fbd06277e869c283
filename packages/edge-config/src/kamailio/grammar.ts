import { groups } from './settings.ts';
import { patterns, upperCaseType, utf8Text } from './patterns.ts';

/** A text of Kamailio's script. */
const quoted = (text: string): string =>
  `"${text
    .replace(/[\\"]/g, String.raw`\$&`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', String.raw`\t`)}"`;

/** More than any call needs, Identity headers included. */
const longest = 16_000;

/**
 * Media sections; a telephone needs one. RTPEngine leaves the delete of a call of 300 unanswered (too long for UDP, it seems), and Kamailio
 * then gives it up for dead.
 */
const mostSections = 4;

/** True in the script for a body with more sections than `mostSections`. */
const hasTooManySections = `$rb =~ ${quoted(`(\r\nm=.*){${mostSections + 1}}`)}`;

/** True in the script for an answer that RTPEngine must not be shown. */
export const isOversized = `($ml > ${longest} || ${hasTooManySections})`;

const refuse = (reason: string, code = 400) =>
  `{ $var(code) = ${code}; $var(reason) = "${reason}"; route(REFUSE); }`;

/** A header that is there once, with a value of that form. */
const once = (name: string, pattern: string) =>
  `    if ($hdrc(${name}) != 1 || !($hdr(${name}) =~ ${quoted(pattern)}))\n        ${refuse(`Bad ${name}`)}`;

/** All values of a header that may be there more than once. */
const each = (name: string, pattern: string) =>
  `    if ($hdrc(${name}) > 0 && !($(hdr(${name})[*]) =~ ${quoted(pattern)}))\n        ${refuse(`Bad ${name}`)}`;

/**
 * The form of what a carrier sends: Kamailio's parser reads only what it needs, and relays the rest as it came. Whatever reaches the app tier has passed
 * RFC 3261's grammar here.
 */
export const grammarRoute = String.raw`
# What a carrier sends is in good form, or goes no further: Kamailio's parser reads only what it needs and would relay the
# rest as it came, to stacks that may read it in another way. The patterns are RFC 3261's and RFC 4566's grammar.
route[GRAMMAR] {
    if (!isflagset(FROM_CARRIER)) return;
    if ($ml > ${longest}) ${refuse('Message Too Large', 513)}

    # By its bytes: UTF-8, lines end in CRLF, no control characters. A NUL would hide what follows it from all below.
    $var(bytes) = $(mb{s.encode.hexa});
    if (!($var(bytes) =~ ${quoted(utf8Text)})) ${refuse('Bad Characters')}

    # Start line and header lines.
    if (!($mb =~ ${quoted(patterns.head)})) ${refuse('Bad Header Line')}

    # Headers that every request has once.
${once('From', patterns.address)}
    if (!($hdr(From) =~ ${quoted(patterns.fromTag)})) ${refuse('No Tag In From')}
${once('To', patterns.address)}
${once('Call-ID', patterns.callId)}
${once('CSeq', patterns.cseq)}
${once('Max-Forwards', patterns.maxForwards)}
${once('Content-Length', patterns.number)}

    # Addresses and ways.
${each('Contact', patterns.address)}
    if (is_method("INVITE") && $hdrc(Contact) != 1) ${refuse('Bad Contact')}
${each('Via', patterns.via)}
${each('Route', patterns.routes)}
${each('Record-Route', patterns.routes)}

    # What a call can do without, but not in another form.
${each('Date', patterns.date)}
    if (is_method("INVITE") && $hdrc(Accept) > 0 && !($(hdr(Accept)[*]) =~ ${quoted(patterns.acceptsSdp)}))
        ${refuse('SDP Is Not Accepted', 406)}

    # The body: as long as it says, of one type, and when that is SDP, a session description.
    if ($(rb{s.len}) != $(hdr(Content-Length){s.int})) ${refuse('Bad Content-Length')}
    if ($(rb{s.len}) == 0) return;
${once('Content-Type', patterns.mediaType)}
    if (!($hdr(Content-Type) =~ ${quoted(patterns.sdp)})) return;
    if (${hasTooManySections}) ${refuse('Too Many Media Sections', 488)}
    if (!($rb =~ ${quoted(patterns.session)}) || $var(bytes) =~ ${quoted(upperCaseType)})
        ${refuse('Bad Session Description')}

    # RTP goes to the carrier's own networks, whatever its SDP says. 0.0.0.0 is a call on hold (RFC 3264, 8.4).
    $var(address) = $(rb{line.sw,c=}{s.select,2, }{s.trim});
    if ($var(address) != "0.0.0.0" && !allow_address("${groups.carrierMedia}", "$var(address)", "0"))
        ${refuse('Not The Media Network', 488)}
}
`;
