import { spellingAt } from './letters.ts';
import { isCorrecting } from './taken-back.ts';
import type { Match, Token } from './tokens.ts';

const dots = /^(?:dot|period|point)$/;
const dashes = /^(?:dash|hyphen)$/;
const mostWords = 4;

/** "gmail dot com", "mail dot example dot com", "s b c global dot net", "gmail, sorry, gmail dot com". */
export function domainAt(tokens: readonly Token[], at: number): Match<string> | undefined {
  const first = labelAt(tokens, at);
  if (!first) return undefined;
  if (isCorrecting(tokens, first.end)) {
    const again = tokens.findIndex((_, index) => index > first.end && !isCorrecting(tokens, index));
    return again > 0 && again <= first.end + 3 ? domainAt(tokens, again) : undefined;
  }
  let { value, end } = first;
  let labels = 1;
  while (dots.test(tokens[end]?.word ?? '')) {
    const next = labelAt(tokens, end + 1, 1);
    if (!next) break;
    value += `.${next.value}`;
    ({ end } = next);
    labels += 1;
  }
  return labels > 1 && /\.[a-z]{2,}$/.test(value) ? { value, start: at, end } : undefined;
}

/** One label: words up to the next dot, letters said one by one; `most` words. */
function labelAt(tokens: readonly Token[], at: number, most = mostWords): Match<string> | undefined {
  let value = '';
  let end = at;
  for (let count = 0; count < most && end < tokens.length; count++) {
    const spelled = spellingAt(tokens, end);
    const { word } = tokens[end]!;
    if (spelled && value !== '' && (spelled.value === value || spelled.value.startsWith(value))) {
      // "Acme, a c m e, dot com".
      value = spelled.value;
      end = spelled.end;
    } else if (spelled) {
      value += spelled.value;
      end = spelled.end;
    } else if (dashes.test(word)) {
      value += '-';
      end += 1;
    } else if (/^(?:that's|spelled)$/.test(word)) {
      end += 1;
    } else if (/^[a-z0-9]+$/.test(word) && !dots.test(word) && !stops.has(word)) {
      value += word;
      end += 1;
    } else break;
    if (dots.test(tokens[end]?.word ?? '') || most === 1) return { value, start: at, end };
    if (isCorrecting(tokens, end)) break;
  }
  return value === '' || end === at ? undefined : { value, start: at, end };
}

const stops = new Set(['or', 'and', 'no', 'the', 'is', 'my', 'home', 'work', 'at']);
