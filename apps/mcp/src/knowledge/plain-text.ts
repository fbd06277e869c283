/** Markdown's marks removed, white space made single, list items ended as sentences: text that a voice can read. */
export function toPlainText(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:[-*+]|\d+[.)]) +(.*)$/gm, (_, item: string) => endSentence(item))
    .replace(/^\s{0,3}> ?/gm, '')
    .replace(/(\*\*|__|[*_`~]{1,3})(?=\S)(.*?\S)\1/g, '$2')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

function endSentence(item: string): string {
  return /[.!?:;]$/.test(item.trim()) ? item : `${item.trim()}.`;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const abbreviation = /(?:^|\s)(?:Dr|Mr|Mrs|Ms|St|No|e\.g|i\.e)\.\s*$/;

/** Sentences by Unicode's rules (UAX 29), except that `Dr.` and its like do not end one. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const before = found.at(-1);
    if (before !== undefined && abbreviation.test(before)) found[found.length - 1] = before + segment;
    else found.push(segment);
  }
  return found.map((one) => one.trim()).filter((one) => one !== '');
}

/** The first one or two sentences, about fifteen seconds of speech at most. */
export function speakable(text: string, longest = 240): string {
  const [first = '', second] = sentences(text);
  const both = second === undefined ? first : `${first} ${second}`;
  if (both.length <= longest) return both;
  if (first.length <= longest) return first;
  return `${first.slice(0, first.lastIndexOf(' ', longest - 1))}…`;
}
