import type { ParsedAnswer } from '../types.ts';
import { answered, refused, type Refused } from './answered.ts';
import { domainAt } from './email-domain.ts';
import { localPart } from './email-local.ts';
import { isCorrecting } from './taken-back.ts';
import { type Match, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet('email e mail address is at all lowercase please one word thank you lower case');

/** "john dot smith at gmail dot com", "m as in mary t r u o n g at example dot com", "jsmith@example.com". */
export function parseEmail(words: string): ParsedAnswer {
  const whole = emailIn(words);
  if (whole.ok) return whole;
  // "I'll give you the clinic's. Oakhill dot vet at example dot org."
  const found = words
    .split(/[.!?]\s+(?=[A-Z])/)
    .map(emailIn)
    .filter((one) => one.ok);
  return found.length === 1 && !/\bor\b/i.test(words) ? found[0]! : whole;
}

function emailIn(words: string): ParsedAnswer {
  const written = [
    ...words.matchAll(
      /(?<![a-z0-9._%+-])(?<!\b(?:dot|underscore|dash|hyphen|period|[a-z]|\d+),? )[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/gi,
    ),
  ].map(([address]) => address.toLowerCase());
  if (new Set(written).size > 1) return refused('ambiguous', 'I heard more than one address.');
  if (written[0] !== undefined) return taken(written[0], words.trim().length - written[0].length);
  const tokens = tokenize(spoken(words));
  const domain = lastDomain(tokens);
  if (!domain || domain === 'several') return noAddress(domain ? 2 : 0);
  if (tokens.slice(domain.end).some(({ word }) => word === 'or')) return noAddress(2);
  const local = localPart(tokens.slice(domain.from, domain.start));
  const value = `${local ?? ''}@${domain.value}`;
  if (!/^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(value))
    return noAddress(0);
  const heard = answered(value, value, { tokens, matches: [{ value, start: 0, end: domain.end }], carriers });
  // Spelled or not, what is heard of an address is read back.
  return { ...heard, covered: false, confidence: Math.min(heard.confidence ?? 1, 0.8) };
}

interface Domain extends Match<string> {
  /** Where the address begins. */
  from: number;
}

/** The domain that stands: corrected ones fall away. */
function lastDomain(tokens: readonly Token[]): Domain | 'several' | undefined {
  const found = tokens.flatMap((token, at): Domain[] => {
    const domain = token.word === 'at' ? domainAt(tokens, at + 1) : undefined;
    // "Reach me at sam dot gray at …": what stands before an "at" is no domain.
    return domain && tokens[domain.end]?.word !== 'at' ? [{ ...domain, start: at, from: 0 }] : [];
  });
  const last = found.at(-1);
  if (!last) return undefined;
  const before = found.at(-2);
  if (before && before.end !== last.end) {
    const turn = tokens.findIndex((_, at) => at >= before.end && at < last.start && isCorrecting(tokens, at));
    return turn < 0 ? 'several' : { ...last, from: turn + 1 };
  }
  const torn = tokens.findLastIndex(({ word }, at) => word === 'at' && at < last.start);
  const turned = tokens.slice(0, last.start).some((_, at) => at > torn && isCorrecting(tokens, at));
  const reach = /^(?:me|it|them|us)$/.test(tokens[torn - 1]?.word ?? '');
  if (torn >= 0 && !turned && !reach) return 'several';
  return amended(tokens, reach ? { ...last, from: torn + 1 } : last);
}

const ending = /^(?:com|net|org|edu|gov|us|co|info|biz|me|io)$/;

/** "… at gmail dot com, no, yahoo dot com". */
function amended(tokens: readonly Token[], domain: Domain): Domain | 'several' {
  const turn = tokens.findIndex(
    (_, at) => at >= domain.end && isCorrecting(tokens, at) && !isRemark(tokens, at),
  );
  if (turn < 0) return domain;
  const again = tokens.findIndex((_, at) => at > turn && !isCorrecting(tokens, at));
  // "Example dot net, no, sorry, dot com".
  const last = tokens[again]?.word === 'dot' ? tokens[again + 1]?.word : undefined;
  if (last !== undefined && ending.test(last))
    return { ...domain, value: domain.value.replace(/\.[a-z]+$/, `.${last}`), end: again + 2 };
  const other = again < 0 ? undefined : domainAt(tokens, tokens[again]!.word === 'at' ? again + 1 : again);
  return other ? { ...domain, value: other.value, end: other.end } : 'several';
}

function isRemark(tokens: readonly Token[], at: number): boolean {
  if (ending.test(tokens[at + 2]?.word ?? '')) return false;
  return /^(?:spaces?|dots?|dash(?:es)?|caps|capitals|underscores?|numbers|hyphens?|problem)$/.test(
    tokens[at + 1]?.word ?? '',
  );
}

function taken(value: string, more: number): ParsedAnswer {
  const covered = more <= 1;
  return { ok: true, value, display: value, covered, unused: [], confidence: covered ? 1 : 0.9 };
}

function noAddress(count: number): Refused {
  return count > 1
    ? refused('ambiguous', 'I heard more than one address.')
    : refused('wrong-format', 'I could not make out an email address.');
}

/** "Mary.tillbrook at gmail.com": the dots are said; so is the sign. */
function spoken(words: string): string {
  return words
    .replace(
      /,?\s*\b(?:all one word|as one word|one word|no spaces?|no apostrophe|all lower ?case|all small letters)\b,?/gi,
      ' ',
    )
    .replace(/@/g, ' at ')
    .replace(/(?<=[a-z0-9]{2})\.(?=[a-z]{2,})/gi, ' dot ')
    .replace(/\b(?:the )?at (?:sign|symbol)\b/gi, 'at');
}
