/**
 * RFC 3261 section 25.1 and RFC 4566 section 9 as POSIX extended regular expressions, as far as a call needs them. Kamailio's `=~` ignores case. White
 * space may be a fold; control characters are gone before any of these is asked.
 */

const ws = '[ \t\r\n]';
const token = "[-.!%*_+`'~a-z0-9]+";
const escaped = '%[0-9a-f][0-9a-f]';
const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
const host = `(${label}([.]${label})*[.]?|\\[[0-9a-f:.]+\\])`;
const port = '(:[0-9]{1,5})?';
const user = `([-_.!~*'()&=+$,;?/a-z0-9]|${escaped})+`;
const password = `(:([-_.!~*'()&=+$,a-z0-9]|${escaped})*)?`;
const uriParameter = `([][_.!~*'()/:&+$a-z0-9-]|${escaped})+`;
/** Without headers (`?…`): none of the places where a call has a URI may have them (RFC 3261, 19.1.1). */
const sipUri = `sips?:(${user}${password}@)?${host}${port}(;${uriParameter}(=${uriParameter})?)*`;
const telUri = 'tel:[-.()+*#0-9a-f]+(;[-.()+*#%_=:/a-z0-9]+)*';
const quoted = '"([^"\\]|\\\\[\t -~])*"';
const parameter = `${ws}*;${ws}*${token}(${ws}*=${ws}*(${token}|${host}|${quoted}))?`;
const nameAddress = `(${quoted}${ws}*|(${token}(${ws}+${token})*${ws}*)?)<(${sipUri}|${telUri})>`;
/** Without angle brackets a semicolon is the header's. */
const bareUri = `(sips?:(([-_.!~*'()&=+$/a-z0-9:]|${escaped})+@)?${host}${port}|tel:[-.()+*#0-9a-f]+)`;
const word = `[]!.%*_+\`'~()<>:"/?{}\\[a-z0-9-]+`;
const route = `${nameAddress}(${parameter})*`;
const via = `SIP${ws}*/${ws}*2[.]0${ws}*/${ws}*${token}${ws}+${host}(${ws}*:${ws}*[0-9]{1,5})?(${parameter}|${ws}*;${ws}*(received|maddr)${ws}*=${ws}*[0-9a-f:.]+)*`;

const whole = (rule: string) => `^${ws}*${rule}${ws}*$`;
const listOf = (rule: string) => whole(`${rule}(${ws}*,${ws}*${rule})*`);

export const patterns = {
  /** Start line and header lines up to the empty line: each a name, a colon and a value, folds included. */
  head: `^${token} (${sipUri}|${telUri}) SIP/2[.]0\r\n(${token}[ \t]*:[^\r\n]*(\r\n[ \t]+[^\r\n]*)*\r\n)+\r\n`,
  address: whole(`(${nameAddress}|${bareUri})(${parameter})*`),
  fromTag: `;${ws}*tag${ws}*=`,
  routes: listOf(route),
  via: listOf(via),
  callId: whole(`${word}(@${word})?`),
  /** Below 2^31, near enough. */
  cseq: whole(
    `0*([0-9]{1,9}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}|2147[0-3][0-9]{5})${ws}+${token}`,
  ),
  number: whole('[0-9]{1,10}'),
  maxForwards: whole('[0-9]{1,3}'),
  mediaType: whole(`${token}${ws}*/${ws}*${token}(${parameter})*`),
  sdp: whole(`application${ws}*/${ws}*sdp(${parameter})*`),
  date: whole(
    '(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT',
  ),
  acceptsSdp: `(application/sdp|application/[*]|[*]/[*])`,
  session: sessionPattern(),
} as const;

/**
 * Of the message in hexadecimal, where a byte is two digits: text in UTF-8 (RFC 3629), lines that end in CRLF, no control character but the tab.
 */
export const utf8Text = (() => {
  const ascii = '09|0d0a|[2-6].|7[0-9a-e]';
  const more = '[89ab].';
  return `^(${ascii}|(c[2-9a-f]|d.)${more}|e0[ab].${more}|e[1-9abcef](${more}){2}|ed[89].${more}|f0[9ab].(${more}){2}|f[1-3](${more}){3}|f48.(${more}){2})*$`;
})();

/** In hexadecimal as well: a line of a session description whose type is an upper-case letter. */
export const upperCaseType = '^(..)*0d0a[45].3d';

function sessionPattern(): string {
  const line = (type: string) => `${type}=[^\r\n]+\r\n`;
  const text = '[^ \t\r\n]+';
  const number65535 = '([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
  const connection = 'c=IN IP[46] [0-9a-f.:]+\r\n';
  const origin = `o=${text} [0-9]+ [0-9]+ IN IP[46] ${text}\r\n`;
  const start = `v=0\r\n${origin}${line('s')}(${line('i')})?(${line('u')})?(${line('e')})*(${line('p')})*`;
  const rest = `(${line('b')})*(${line('t')}(${line('r')})*)+(${line('z')})?(${line('k')})?(${line('a')})*`;
  const stream = `m=[!-~]+ ${number65535}(/[0-9]+)? [!-~]+( [!-~]+)+\r\n(${line('i')})?`;
  const streamRest = `(${line('b')})*(${line('k')})?(${line('a')})*`;
  const connected = `${connection}${rest}(${stream}(${connection})*${streamRest})+`;
  const unconnected = `${rest}(${stream}(${connection})+${streamRest})+`;
  return `^${start}(${connected}|${unconnected})$`;
}
