import { digitsAt } from './digits.ts';
import { letterAt, spellingAt } from './letters.ts';
import { distance, resembles } from './likeness.ts';
import { cardinal, teens, units } from './numbers.ts';
import { isCorrecting } from './taken-back.ts';
import { type Token, wordSet } from './tokens.ts';

type Kind = 'word' | 'letters' | 'digits' | 'sign';
interface Part {
  kind: Kind;
  text: string;
}

const signs: Readonly<Record<string, string>> = {
  dot: '.',
  period: '.',
  point: '.',
  underscore: '_',
  dash: '-',
  hyphen: '-',
  minus: '-',
  plus: '+',
};
const leadIns = wordSet(
  "my email e-mail mail address is it's its it be would that's the that is sure yes yeah so okay ok well you can reach me send to um",
);
/** Words of sentences: with one of them it is no address that was heard. */
const sentence = wordSet(
  'name my i you want have know look something same usual just whatever first last or',
);
const mostWords = 3;

/** What stands before the "at", as it is written; undefined where that is not plain. */
export function localPart(tokens: readonly Token[]): string | undefined {
  const segments = segmentsOf(withoutNotes(withoutLead(tokens)));
  const parts = segments.map(partsOf).filter((some) => some.length > 0);
  const [last, before] = [parts.at(-1), parts.at(-2)];
  if (!last) return undefined;
  const chosen = before && last.length < before.length ? corrected(before, last) : last;
  if (!chosen || chosen.some(({ kind, text }) => kind === 'word' && sentence.has(text))) return undefined;
  if (chosen.some((_, at) => isRemark(chosen, at))) return undefined;
  const sign = separatorIn(tokens);
  if (sign !== undefined && !chosen.some(({ kind }) => kind === 'sign'))
    return chosen.map(({ text }) => text).join(sign);
  const runs = chosen.map(({ kind }) => (kind === 'word' ? 'w' : '-')).join('');
  return runs.includes('w'.repeat(mostWords + 1)) ? undefined : chosen.map(({ text }) => text).join('');
}

/** Words that speak of the spelling rather than being part of it, unless they stand between signs ("the dot real"). */
const remarks = wordSet(
  'of with without like as in is are was but not no for on this which letter number spelled capital lowercase uppercase between after before double all together same word words end beginning',
);

function isRemark(parts: readonly Part[], at: number): boolean {
  const [before, part, next] = [parts[at - 1], parts[at]!, parts[at + 1]];
  const apart = (other: Part | undefined) => other === undefined || other.kind === 'sign';
  return part.kind === 'word' && remarks.has(part.text) && !(apart(before) && apart(next));
}

const between =
  /\b(?:with |separated by )?(?:an? )?(underscore|dot|dash|hyphen)s?(?: in)? ?(?:between(?: them| the words)?)?$/;

/** "Pat and Jim with underscores between them". */
function separatorIn(tokens: readonly Token[]): string | undefined {
  const found = between.exec(tokens.map(({ word }) => word).join(' '))?.[1];
  return found === undefined ? undefined : { underscore: '_', dot: '.', dash: '-', hyphen: '-' }[found];
}

/** "Mary seven, no, eight": the last part, when it is of the same kind. */
function corrected(before: readonly Part[], [part, ...more]: readonly Part[]): Part[] | undefined {
  return part && more.length === 0 && before.at(-1)?.kind === part.kind && part.kind !== 'word'
    ? [...before.slice(0, -1), part]
    : undefined;
}

const leading =
  /^(?:(?:.* )?(?:use(?: my| the)?(?: \w+ one)?|(?:the|my) (?:\w+ )?(?:one|email|address)(?: is|'s)?|(?:it's|it is|it'd be|would be|so it's)(?: my| the)?|(?:clinic|office|work|wife|husband|daughter|son)'s)|(?:well |so |oh )*that's)(?= |$)/;

/** "Just use the work one, sales at …": what leads to the address, where it has no signs of its own. */
function withoutLead(tokens: readonly Token[]): readonly Token[] {
  const first = tokens.findIndex(({ word }) => signs[word] !== undefined);
  const plain = tokens.slice(0, first < 0 ? undefined : Math.max(0, first - 1));
  const lead = leading.exec(plain.map(({ word }) => word).join(' '))?.[0].trim();
  const count = lead === undefined || lead === '' ? 0 : lead.split(' ').length;
  return count < tokens.length ? tokens.slice(count) : tokens;
}

function segmentsOf(tokens: readonly Token[]): Token[][] {
  const segments: Token[][] = [[]];
  tokens.forEach((token, at) => {
    if (isCorrecting(tokens, at)) segments.push([]);
    // "It's my name and the year I was born, so harriet b …".
    else if (token.word === 'so' && at > 0) segments.splice(0, segments.length, []);
    else if (token.word !== 'at') segments.at(-1)!.push(token);
  });
  return segments;
}

const notes =
  /^(?:(?:with|and then|then|and) (?:an? |the )?(?:number |digit )?(?=(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|\d+)\b)|followed by(?: the| an?)?(?: number| digit)?|(?:on|at) the end|not (?:\w )+\w(?= |$)|not (?:a |an |the )?\w+|(?:(?:with |separated by )(?:an? )?)?(?:underscores|dots|dashes|hyphens|(?<=an? )(?:underscore|dot|dash|hyphen))(?: in)?(?: between(?: them| the words)?)?(?= |$)|with (?:a|an|one|two|the|no|three) (?:double )?\S+|without (?:a|an|the) \S+|(?:just )?(?:one|two) [a-z]'?s?|like (?:the|a) \S+|like in \S+|as in (?:the |a )?\S+|(?:the )?(?:usual|normal|regular) (?:way|spelling)|capital (?=\w{2,})|all (?:lower ?case|lower case|small|caps|together|one word|in one|run together)|in (?:all )?lower ?case|lower case|lowercase|uppercase|one word|two words|no spaces?|no dots?|(?:and |then )?the (?:number|numeral|digit|letter)|then an?|and then|then the|then|and an?|that's|spelled out|written out|spelled|spelt|spell it|as one word|the whole thing|all of it)(?= |$)/;

/** Without remarks on the spelling: "with a u", "all lowercase", "then a dot"; "a two after haines" is the two. */
function withoutNotes(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const rest = tokens
      .slice(at, at + 5)
      .map(({ word }) => word)
      .join(' ');
    const note = notes.exec(rest)?.[0].trim().split(' ').length;
    const { word } = tokens[at]!;
    if (note !== undefined) at += note + (isSaidAgain(tokens, at, note) ? 1 : 0);
    else if (word === 'after' && kept.some((other) => other.word === tokens[at + 1]?.word)) at += 2;
    else if (kept.length === 0 && isLeadIn(tokens, at)) at += 1;
    // "Dee Wright, Wright with a W".
    else if (word.length > 2 && isPlain(tokens, at) && kept.at(-1)?.word === word) at += 1;
    else if (word === 'oh' && tokens[at + 1]?.word === 'and') at += 1;
    else {
      kept.push(tokens[at]!);
      at += 1;
    }
  }
  return kept;
}

/** "One, the number one". */
function isSaidAgain(tokens: readonly Token[], at: number, length: number): boolean {
  return (
    tokens[at]?.word === 'the' &&
    digitsAt(tokens, Math.min(at + length, tokens.length - 1)) !== undefined &&
    tokens[at + length]?.word === tokens[at - 1]?.word
  );
}

function isPlain(tokens: readonly Token[], at: number): boolean {
  return signs[tokens[at]!.word] === undefined && !digitsAt(tokens, at) && !spellingAt(tokens, at);
}

function isLeadIn(tokens: readonly Token[], at: number): boolean {
  return leadIns.has(tokens[at]?.word ?? '') && signs[tokens[at + 1]?.word ?? ''] === undefined;
}

function partsOf(tokens: readonly Token[]): Part[] {
  const parts: Part[] = [];
  const start = tokens.findIndex((_, at) => !isLeadIn(tokens, at));
  for (let at = Math.max(0, start); at < tokens.length;) {
    const { part, end } = partAt(tokens, at);
    if (part.kind === 'letters' && part.text.length > 1) spell(parts, part);
    else parts.push(part);
    at = end;
  }
  return parts;
}

function partAt(tokens: readonly Token[], at: number): { part: Part; end: number } {
  const { word } = tokens[at]!;
  const sign = signs[word];
  if (sign !== undefined) return { part: { kind: 'sign', text: sign }, end: at + 1 };
  const next = tokens[at + 1];
  const irish = word === 'o' && next !== undefined && next.word.length > 2 && isPlain(tokens, at + 1);
  if (irish) return { part: { kind: 'word', text: 'o' }, end: at + 1 };
  const zeros = /^(?:double|triple)$/.test(word) && /^(?:oh|o|zero)$/.test(tokens[at + 1]?.word ?? '');
  const spelled = zeros ? undefined : spellingAt(tokens, at);
  if (spelled) return { part: { kind: 'letters', text: spelled.value }, end: spelled.end };
  const number = word === 'a' ? undefined : digitsAt(tokens, at);
  const round = number && cardinal(tokens, at);
  if (number) {
    const whole =
      round && round.end > number.end && /hundred|thousand/.test(tokens[round.end - 2]?.word ?? '');
    return whole
      ? { part: { kind: 'digits', text: String(round.value) }, end: round.end }
      : { part: { kind: 'digits', text: number.value[0]! }, end: number.end };
  }
  const letter = /^[a-z]$/.test(word) ? letterAt(tokens, at, false) : undefined;
  if (letter) return { part: { kind: 'letters', text: letter.value }, end: letter.end };
  return { part: { kind: 'word', text: word.replace(/[^a-z0-9]/g, '') }, end: at + 1 };
}

/** A row of letters spells the word before it, or all that was said since the last sign, or is a part of its own. */
function spell(parts: Part[], spelled: Part): void {
  const first = parts.findLastIndex(({ kind }) => kind === 'sign') + 1;
  const last = parts.at(-1);
  if (last?.kind === 'sign' && spelled.text === signNames[last.text]) {
    parts.splice(-1, 1, spelled);
    return;
  }
  // "Vi dot Lund, V I" spells what was said further back.
  if (last?.kind !== 'sign' && parts.slice(0, first).some(({ text }) => text === spelled.text)) return;
  if (last?.text === spelled.text) return;
  // "Four, f o u r": the word, not the digit.
  if (last?.kind === 'digits' && spelled.text === wordOf(last.text)) {
    parts.splice(-1, 1, spelled);
    return;
  }
  // "Bennett, double t" only says what was heard.
  const pairs = spelled.text.match(/(.)\1/g) ?? [];
  if (
    last?.kind === 'word' &&
    pairs.join('') === spelled.text &&
    pairs.every((pair) => last.text.includes(pair))
  )
    return;
  const starts = parts
    .map((_, at) => at)
    .filter((at) => at >= first && parts.slice(at).some(({ kind }) => kind !== 'digits'));
  const nearest = starts
    .map((at) => ({ at, away: distance(textOf(parts.slice(at)), spelled.text) }))
    .sort((a, b) => a.away - b.away)[0];
  const said = nearest && textOf(parts.slice(nearest.at));
  const respelled =
    said !== undefined && (resembles(said, spelled.text) || nearest!.away <= 2) && spelled.text.length > 2;
  if (nearest && respelled && parts.slice(nearest.at).some(({ kind }) => kind === 'word'))
    parts.splice(nearest.at, parts.length - nearest.at, spelled);
  else parts.push(spelled);
}

function wordOf(digits: string): string | undefined {
  return Object.entries({ ...units, ...teens }).find(([, value]) => String(value) === digits)?.[0];
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('');
}

/** "Dot, d o t": the name, not the sign. */
const signNames: Readonly<Record<string, string>> = { '.': 'dot', '-': 'dash' };
