/** The rules of RFC 3261 section 25.1 that a call's headers need, as regular expressions over unfolded text. */

const token = "[-.!%*_+`'~A-Za-z0-9]+";

const quoted = String.raw`"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\x00-\x09\x0b\x0c\x0e-\x7f])*"`;
const space = '[ \\t]*';
const escaped = '%[0-9A-Fa-f]{2}';
const hostname =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\\.?';
const host = `(?:${hostname}|\\[[0-9A-Fa-f:.]+\\])`;
const port = '(?::\\d{1,5})?';

const user = `(?:[-_.!~*'()&=+$,;?/A-Za-z0-9]|${escaped})+`;
const password = `(?::(?:[-_.!~*'()&=+$,A-Za-z0-9]|${escaped})*)?`;
const uriParameter = `(?:[-_.!~*'()\\[\\]/:&+$A-Za-z0-9]|${escaped})+`;
const uriHeader = `(?:[-_.!~*'()\\[\\]/?:+$A-Za-z0-9]|${escaped})*`;
const sipUri = `sips?:(?:${user}${password}@)?${host}${port}(?:;${uriParameter}(?:=${uriParameter})?)*`;
const uriHeaders = `(?:\\?${uriHeader}=${uriHeader}(?:&${uriHeader}=${uriHeader})*)?`;
const otherUri = `(?!sips?:)[A-Za-z][-+.A-Za-z0-9]*:(?:[-_.!~*'();/?:@&=+$,A-Za-z0-9]|${escaped})+`;

const parameter = `${space};${space}${token}(?:${space}=${space}(?:${token}|${host}|${quoted}))?`;
const nameAddress = `(?:${quoted}${space}|(?:${token}(?:[ \\t]+${token})*[ \\t]*)?)<(?:${sipUri}${uriHeaders}|${otherUri})>`;
/** Without angle brackets a URI holds no comma, question mark or semicolon: they would be the header's. */
const bareAddress = `(?:sips?:(?:[-_.!~*'()&=+$/A-Za-z0-9]|${escaped}|:)*@?${host}${port}|(?!sips?:)[A-Za-z][-+.A-Za-z0-9]*:[-_.!~*'()/:@&=+$A-Za-z0-9%]+)`;
const word = '[-.!%*_+`\'~()<>:\\\\"/\\[\\]?{}A-Za-z0-9]+';
const via = `SIP${space}/${space}2\\.0${space}/${space}${token}[ \\t]+${host}(?:${space}:${space}\\d{1,5})?(?:${parameter}|${space};${space}(?:received|maddr)${space}=${space}[0-9A-Fa-f:.]+)*`;

const whole = (rule: string) => new RegExp(`^${rule}$`, 'i');

export const rules = {
  requestLine: new RegExp(`^(${token}) (${sipUri}|${otherUri}) SIP/2\\.0$`),
  statusLine: /^SIP\/2\.0 [1-6]\d\d [^\r\n]*$/,
  address: whole(`(?:${nameAddress}|${bareAddress})(?:${parameter})*`),
  contact: whole(`(?:${nameAddress}|${bareAddress})(?:${parameter})*`),
  routes: whole(`${nameAddress}(?:${parameter})*(?:${space},${space}${nameAddress}(?:${parameter})*)*`),
  via: whole(`${via}(?:${space},${space}${via})*`),
  callId: whole(`${word}(?:@${word})?`),
  cseq: new RegExp(`^(\\d{1,10})[ \\t]+(${token})$`),
  number: /^\d{1,10}$/,
  mediaType: whole(`${token}${space}/${space}${token}(?:${parameter})*`),
};
