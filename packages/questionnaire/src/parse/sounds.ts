import { distance } from './likeness.ts';

/** So alike two words have to sound, 0 to 1, to be taken for one another. */
const alike = 0.75;
/** Sounds. What is shorter is like too much. */
const shortest = 4;

const rules: readonly [RegExp, string][] = [
  [/[^a-z]/g, ''],
  [/ph|v/g, 'f'],
  [/gh(?=t|$)/g, ''],
  [/^(?:kn|gn)/g, 'n'],
  [/^wr/g, 'r'],
  [/x/g, 'ks'],
  [/tch|sch|sh|ch|j|(?<=[aeiou])t(?=ion)/g, 'x'],
  [/ck|q|g/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/z/g, 's'],
  [/th|d/g, 't'],
  [/b/g, 'p'],
  [/[hw]/g, ''],
  [/[aeiouy]+/g, 'a'],
  [/(.)\1+/g, '$1'],
];

/** What English words sound like to a recogniser on the telephone: voiced and voiceless as one, all vowels alike. */
function soundOf(words: string): string {
  return rules.reduce((sound, [from, to]) => sound.replace(from, to), words.toLowerCase());
}

/** Of what there is to be said, the one that the words sound like, and like no other; `among`: words with what they stand for. */
export function soundsLike<T>(
  words: readonly string[],
  among: readonly { words: readonly string[]; value: T }[],
): { value: T; start: number; end: number } | undefined {
  const found = among.flatMap(({ words: meant, value }) => {
    const sound = soundOf(meant.join(''));
    if (sound.length < shortest) return [];
    return windows(words, meant.length).flatMap(({ start, end }) => {
      const heard = soundOf(words.slice(start, end).join(''));
      const likeness = 1 - distance(heard, sound) / Math.max(heard.length, sound.length);
      // The first sound is what recognisers hear best.
      return heard[0] === sound[0] && likeness >= alike ? [{ value, start, end, likeness }] : [];
    });
  });
  const best = found.toSorted((a, b) => b.likeness - a.likeness)[0];
  return best && found.every(({ value }) => value === best.value) ? best : undefined;
}

/** Stretches of about so many words: a recogniser makes one word of two, and two or three of one. */
function* windowsOf(words: readonly string[], count: number) {
  for (let start = 0; start < words.length; start++)
    for (let length = Math.max(1, count - 1); length <= count + 2 && start + length <= words.length; length++)
      yield { start, end: start + length };
}

const windows = (words: readonly string[], count: number) => [...windowsOf(words, count)];
