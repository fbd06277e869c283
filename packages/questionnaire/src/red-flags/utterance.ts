/** One word as heard, and what it counts as when phrases are looked for. */
export interface Word {
  /** Lower case, straight apostrophes, contractions restored (`cant` → `can't`). */
  word: string;
  /** The word, without its plural or possessive, `#` for digits, `#year` for a year. */
  forms: readonly string[];
  /** The mark before it; full stops, question and exclamation marks separate sentences; so do dots in a row, which phrases may cross. */
  mark: '' | ',' | '…' | '.' | '?';
  sentence: number;
}

const hesitations = new Set('um uh uhm umm er erm hmm mm ah ahh eh huh'.split(' '));

/** What recognisers write without its apostrophe. `its`, `ill`, `well`, `were`, `wed` are words of their own. */
const contractions: Record<string, string> = Object.fromEntries(
  `can't won't don't doesn't didn't isn't wasn't aren't weren't haven't hasn't hadn't couldn't wouldn't shouldn't
   ain't i'm i've he's she's they're that's there's what's you're y'all must've should've nothing's`
    .split(/\s+/)
    .map((word) => [word.replace("'", ''), word]),
);

/** Words with the marks between them. A recogniser may give none; nothing but the division into sentences hangs on them. */
export function readWords(said: string): Word[] {
  let mark: Word['mark'] = '';
  let sentence = 0;
  return pieces(said).flatMap((piece): Word[] => {
    const pause = markOf(piece);
    if (pause !== undefined) {
      mark = pause === ',' && mark !== '' ? mark : pause;
      return [];
    }
    if (hesitations.has(piece)) return [];
    if (mark !== '' && mark !== ',') sentence += 1;
    const word = { word: piece, forms: formsOf(piece), mark, sentence };
    mark = '';
    return [word];
  });
}

function pieces(said: string): string[] {
  return (
    said
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[’‘`]/g, "'")
      .replace(/\bcan not\b/g, "can't")
      .replace(/\bcannot\b/g, "can't")
      .replace(/\b([a-z])\.([a-z])\.?(?=\s|$)/g, '$1 $2')
      .match(/\d+(?:[.,:/]\d+)*|[\p{L}\d]+(?:'[\p{L}]+)*|[.?!;…]+|[,:—–]|(?<=\s)-(?=\s)/gu) ?? []
  ).map((piece) => contractions[piece] ?? piece);
}

function markOf(piece: string): Word['mark'] | undefined {
  if (/^[,:—–-]/.test(piece)) return ',';
  if (!/^[.?!;…]/.test(piece)) return undefined;
  if (piece.includes('?')) return '?';
  return piece === '…' || piece.startsWith('..') ? '…' : '.';
}

function formsOf(word: string): string[] {
  const forms = [word];
  const owner = word.replace(/'s$/, '');
  if (owner !== word) forms.push(owner);
  else if (/...s$/.test(word)) forms.push(word.slice(0, -1));
  if (/...in$/.test(word)) forms.push(`${word}g`);
  if (/^\d+(\.\d+)?$/.test(word)) forms.push('#');
  if (/^(19|20)\d\d$/.test(word)) forms.push('#year');
  return forms;
}
