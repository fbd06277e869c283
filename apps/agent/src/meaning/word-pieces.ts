/** The longest word that is divided; a longer one is unknown. */
const longestWord = 100;

/**
 * Words as the encoder was trained on them: lower case, letters and digits of English, divided into the longest pieces that are known. Marks are left
 * out, as a recogniser may write them or not.
 * @param vocabulary pieces with their numbers; what goes on within a word begins with `##`
 * @returns pieces of what is said, without the marks of beginning and end
 */
export function wordPieces(vocabulary: ReadonlyMap<string, number>): (said: string) => number[] {
  const unknown = vocabulary.get('[UNK]')!;
  return (said) => wordsOf(said).flatMap((word) => piecesOf(word, vocabulary) ?? [unknown]);
}

function wordsOf(said: string): string[] {
  return (
    said
      .normalize('NFKD')
      .replace(/[’‘`]/g, "'")
      .toLowerCase()
      .match(/[a-z0-9]+|'/g) ?? []
  );
}

function piecesOf(word: string, vocabulary: ReadonlyMap<string, number>): number[] | undefined {
  if (word.length > longestWord) return undefined;
  const pieces: number[] = [];
  for (let start = 0; start < word.length;) {
    let end = word.length;
    const at = () => vocabulary.get((start === 0 ? '' : '##') + word.slice(start, end));
    while (end > start && at() === undefined) end -= 1;
    const piece = at();
    if (end === start || piece === undefined) return undefined;
    pieces.push(piece);
    start = end;
  }
  return pieces;
}
