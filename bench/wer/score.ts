export interface Score {
  words: number;
  substitutions: number;
  insertions: number;
  deletions: number;
}

export const noErrors: Score = { words: 0, substitutions: 0, insertions: 0, deletions: 0 };

/** Lower case, no punctuation but the apostrophe inside a word; numbers stay as the words they are spoken with. */
export function normalise(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z' ]+/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

export function add(a: Score, b: Score): Score {
  return {
    words: a.words + b.words,
    substitutions: a.substitutions + b.substitutions,
    insertions: a.insertions + b.insertions,
    deletions: a.deletions + b.deletions,
  };
}

/** Errors per word said; above 1 when more is inserted than was said. */
export function wordErrorRate(score: Score): number {
  return (score.substitutions + score.insertions + score.deletions) / Math.max(1, score.words);
}

/** The fewest substitutions, insertions and deletions that turn `said` into `heard` (Levenshtein over words). */
export function score(said: string[], heard: string[]): Score {
  let row: Score[] = heard.map((_, i) => ({ ...noErrors, insertions: i + 1 }));
  row.unshift(noErrors);
  for (const [i, word] of said.entries()) {
    const next: Score[] = [{ ...noErrors, deletions: i + 1 }];
    for (const [j, other] of heard.entries()) {
      const [diagonal, above, left] = [row[j], row[j + 1], next[j]] as [Score, Score, Score];
      next.push(
        best([
          word === other ? diagonal : { ...diagonal, substitutions: diagonal.substitutions + 1 },
          { ...above, deletions: above.deletions + 1 },
          { ...left, insertions: left.insertions + 1 },
        ]),
      );
    }
    row = next;
  }
  return { ...(row.at(-1) ?? noErrors), words: said.length };
}

function best(candidates: Score[]): Score {
  const errors = (s: Score) => s.substitutions + s.insertions + s.deletions;
  return candidates.reduce((a, b) => (errors(b) < errors(a) ? b : a));
}
