import { distance, resembles } from './likeness.ts';
import { capitalise } from './name-words.ts';

/** Each spelling in the place of the heard word most like it; only-spelled names need no heard words. */
export function withSpellings(
  heard: readonly string[],
  spellings: readonly string[],
  { spelledFirst, one }: { spelledFirst: boolean; one: boolean },
): string[] | undefined {
  if (heard.length === 0) return spellings.map(titled);
  // What is spelled outweighs what was heard, however little alike they are.
  if (one && heard.length === 1 && spellings.length === 1 && !isRemark(spellings[0]!, heard)) {
    const [word = '', [letters = '']] = [heard[0], spellings];
    return lettersOf(word) === letters ? [word] : [titled(letters)];
  }
  const name = [...heard];
  const taken = new Set<number>();
  const joined = heard.join('').toLowerCase();
  if (heard.length > 1 && spellings.length === 1 && distance(lettersOf(joined), spellings[0]!) <= 2) {
    // Spelled through without a break: it is divided as the words that were heard.
    return lettersOf(joined) === spellings[0] ? name : divided(spellings[0]!, name)?.map(titled);
  }
  for (const spelling of spellings.filter((letters) => !isRemark(letters, heard))) {
    const ranked = name
      .map((word, index) => ({ index, distance: distance(lettersOf(word), spelling) }))
      .filter(({ index }) => !taken.has(index))
      .sort((a, b) => a.distance - b.distance);
    const best = ranked[0];
    if (!best) return undefined;
    if (best.distance === 0) taken.add(best.index);
    else if (resembles(name[best.index]!, spelling)) {
      name[best.index] = titled(spelling);
      taken.add(best.index);
    } else if (sharing(name, taken, spelling) !== undefined) {
      // "Shivon, S I O B H A N, Kelly": only one of them begins so.
      const index = sharing(name, taken, spelling)!;
      name[index] = titled(spelling);
      taken.add(index);
    } else if (name.length === 1) {
      // One name was heard, the other only spelled: they stay in the order in which they were said.
      if (spelledFirst) name.unshift(titled(spelling));
      else name.push(titled(spelling));
      taken.add(spelledFirst ? 0 : 1);
    } else return undefined;
  }
  return name;
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^a-z]/g, '');
}

/** "Double l, double o" after Tillbrook, or only its beginning: nothing new. */
function isRemark(letters: string, heard: readonly string[]): boolean {
  const doubled = /^(?:(.)\1)+$/.test(letters);
  const pairs = letters.match(/(.)\1/g) ?? [];
  return heard.some((word) => {
    const own = lettersOf(word);
    return doubled
      ? pairs.every((pair) => own.includes(pair))
      : own.length > letters.length + 2 && own.startsWith(letters);
  });
}

function sharing(name: readonly string[], taken: ReadonlySet<number>, spelling: string): number | undefined {
  const same = name
    .map((word, index) => ({ word: lettersOf(word), index }))
    .filter(({ word, index }) => !taken.has(index) && word[0] === spelling[0] && spelling.length > 2);
  return same.length === 1 ? same[0]!.index : undefined;
}

/** A row of letters in as many parts as words were heard, each most like its word; undefined when two ways are equal. */
function divided(letters: string, heard: readonly string[]): string[] | undefined {
  const [best, second] = divisions(letters, heard.length)
    .map((parts) => ({
      parts,
      away: parts.reduce((sum, part, index) => sum + distance(part, heard[index]!.toLowerCase()), 0),
    }))
    .sort((a, b) => a.away - b.away);
  return best && best.away !== second?.away ? best.parts : undefined;
}

function divisions(letters: string, count: number): string[][] {
  if (count === 1) return letters === '' ? [] : [[letters]];
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => index + 1).flatMap((cut) =>
    divisions(letters.slice(cut), count - 1).map((rest) => [letters.slice(0, cut), ...rest]),
  );
}

export function titled(letters: string): string {
  return capitalise(letters.toLowerCase());
}
