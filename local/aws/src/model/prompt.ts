import { escapeRegExp, idEnds } from './items.ts';
import { sentencesOf } from './text.ts';

/** What a system prompt says about now. */
export interface Now {
  /** The item that is being asked or read back. */
  readonly item?: string;
  /** Its question, as it may be put again. */
  readonly question?: string;
  /** Why it is asked, when the prompt says. */
  readonly why?: string;
  /** True when the prompt says that a value waits to be confirmed. */
  readonly readBack: boolean;
}

/** How far after the words that say "now" the item may stand. */
const reach = 500;
const nowWords =
  '\\b(?:current(?:ly)?(?: (?:question|item|field|step|topic|slot|asking|open))?|pending(?: (?:question|item|field))?|now (?:ask(?:ing)?|collect(?:ing)?|waiting for)|being asked|ask(?:ing)? now|(?:next|open) (?:question|item|field))\\b';
/** What may stand between those words and the id: `:`, a line break and bullet, `item:`, quotes. */
const bridge = '(?: is\\s+|\\s*[:=\\n])[:=\\s*-]*(?:(?:item|id|link ?id|field|key)\\s*[:=]\\s*)?["\'`\\[(]*';

/**
 * Looks for the place where the prompt says which item is current. The id must follow the words directly or stand on a
 * line of its own label, since ids such as `reason` are also plain words in the rules around.
 */
export function readNow(system: string, ids: readonly string[]): Now {
  const block = currentBlock(system, ids);
  if (!block) return { readBack: false };
  const question = fieldOf(block.text, 'question|prompt|say|ask|asked as|text');
  const why = /(?:asks? why|why|purpose)\s*[:=]\s*(.+)/i.exec(block.text)?.[1];
  return {
    item: block.item,
    readBack:
      /read(ing)?[ -]?back|to be confirmed|awaiting confirmation|waiting for .{0,30}confirm|confirm(ation)? (is )?(owed|pending|needed)/i.test(
        block.text,
      ),
    ...(question === undefined ? {} : { question }),
    ...(why === undefined ? {} : { why: unquoted(why) }),
  };
}

function currentBlock(system: string, ids: readonly string[]): { item: string; text: string } | undefined {
  // The longest first: an id may begin with another one.
  const longest = [...ids].sort((a, b) => b.length - a.length);
  const idAfter = (lead: string, text: string) =>
    longest.find((id) => new RegExp(`^${lead}${escapeRegExp(id)}${idEnds}`, 'i').test(text));
  for (const match of system.matchAll(new RegExp(nowWords, 'gi'))) {
    const after = system.slice(match.index, match.index + reach);
    const text = after.split(/\n\s*\n/)[0] ?? after;
    const item = idAfter(`${nowWords}${bridge}`, text);
    if (item !== undefined) return { item, text };
    const labelled = fieldOf(text, 'item|id|link ?id|field|key');
    if (labelled === undefined) continue;
    const known = ids.length === 0 ? labelled : idAfter('', labelled);
    if (known !== undefined) return { item: known, text };
  }
  return undefined;
}

/** The value of a line such as `- question: What is your name?`. */
function fieldOf(block: string, names: string): string | undefined {
  const match = new RegExp(`(?:^|\\n)[\\s*-]*(?:${names})\\s*[:=]\\s*(.+)`, 'i').exec(block);
  return match?.[1] === undefined ? undefined : unquoted(match[1]) || undefined;
}

function unquoted(text: string): string {
  return text.trim().replace(/^["'“](.*)["'”]$/, '$1');
}

/** How a person is reached, in the prompt's words. */
export function readPerson(system: string): string | undefined {
  const flat = system.replace(/\s+/g, ' ');
  const match =
    /(?:reach|speak to|speak with|talk to) a (?:real )?person[^.:]{0,40}:\s*([^.\n]+(?:\.(?=\S)[^.\n]*)*)/i.exec(
      flat,
    ) ??
    /\b(?:call|dial|ring) ((?:the |our )?[\w' ]{0,30}(?:desk|reception|office|line|team|staff)\b[^.\n]*)/i.exec(
      flat,
    );
  return match?.[1]?.trim();
}

/** The sentence of the prompt that has most to do with a question, for conversations without a search tool. */
export function relevantSentence(system: string, wanted: (sentence: string) => number): string | undefined {
  const scored = sentencesOf(system.replace(/\s+/g, ' ')).map((sentence) => ({
    sentence,
    score: wanted(sentence),
  }));
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top), { sentence: '', score: 1 });
  return best.sentence === '' ? undefined : best.sentence;
}
