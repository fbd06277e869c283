/**
 * How words sound, roughly, as a string of classes: one letter a sound. English spelling gives consonants well and
 * vowels badly, so vowels are one class; that is enough to find a question in what a recogniser made of it, since a
 * wrong word is mostly one that sounds alike ("campaign" for "chest pain").
 */
export function soundsOf(words: readonly string[]): string {
  return words.map(soundsOfWord).join('');
}

const spellings: readonly [pattern: RegExp, sound: string][] = [
  [/^(kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^wh/, 'w'],
  [/[ts]ion/, 'San'],
  [/tch|ch/, 'C'],
  [/sh/, 'S'],
  [/ph/, 'f'],
  [/th/, 'T'],
  [/dg|ge(?=$|d$|s$)/, 'j'],
  [/(?<!^)gh/, ''],
  [/ck/, 'k'],
  [/qu/, 'kw'],
  [/x/, 'ks'],
  [/c(?=[eiy])/, 's'],
  [/c/, 'k'],
  [/ng$/, 'n'],
];

function soundsOfWord(word: string): string {
  const spelled = spellings.reduce(
    (text, [pattern, sound]) => text.replace(new RegExp(pattern, 'g'), sound),
    word,
  );
  return spelled
    .replace(/(?<=.)e$/, '')
    .replace(/[aeiouy]+/g, 'a')
    .replace(/(.)\1+/g, '$1');
}

/** Sounds that a telephone and a recogniser take for one another. */
const families = ['ptkC', 'bdgjv', 'fTsSzh', 'mn', 'lr', 'w', 'a'];
const familyOf = (sound: string) => families.findIndex((family) => family.includes(sound));

const missing = (sound: string) => (sound === 'a' ? 0.5 : 0.8);

function difference(a: string, b: string): number {
  if (a === b) return 0;
  if (familyOf(a) === familyOf(b)) return 0.35;
  return a === 'a' || b === 'a' ? 1.2 : 0.9;
}

/**
 * How well the sounds of `cue` are found, in order, anywhere in those of `heard`: 1 as they stand, about 0.5 for
 * phrases that have nothing to do with each other.
 */
export function soundLikeness(cue: string, heard: string): number {
  if (cue === '') return 0;
  // Semi-global alignment: what is heard before and after costs nothing.
  let row = Array.from({ length: heard.length + 1 }, () => 0);
  for (const sound of cue) {
    const next = [row[0]! + missing(sound)];
    for (let j = 0; j < heard.length; j += 1) {
      const other = heard[j]!;
      next.push(
        Math.min(row[j]! + difference(sound, other), row[j + 1]! + missing(sound), next[j]! + missing(other)),
      );
    }
    row = next;
  }
  return Math.max(0, 1 - Math.min(...row) / cue.length);
}
