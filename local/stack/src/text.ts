import type { Terminal } from './terminal.ts';

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

const codes: Record<Colour, string> = {
  red: '31',
  green: '32',
  yellow: '33',
  cyan: '36',
  dim: '2',
  bold: '1',
};

/** Text made safe for a terminal: what came over the wire may hold control characters. One line. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

export function paint({ colour }: Pick<Terminal, 'colour'>, name: Colour, text: string): string {
  return colour ? `\u001b[${codes[name]}m${text}\u001b[0m` : text;
}

/** `text` in lines of at most `width` characters, broken at blanks; a longer word is cut. Never empty. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [''];
  for (const word of plain(text)
    .split(/ +/)
    .flatMap((word) => chunks(word, room))) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function chunks(word: string, size: number): string[] {
  const parts = word.match(new RegExp(`.{1,${size}}`, 'gsu'));
  return parts ?? [word];
}

/** One line of at most `width` characters. */
export function cut(text: string, width: number): string {
  const line = plain(text);
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/** Rows under a head; the columns share `width` in the ratio of `weights`, cells wrap. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { width, weights }: { width: number; weights: readonly number[] },
): string[] {
  const widths = columnWidths(head, rows, width, weights);
  const rule = widths.map((column) => '─'.repeat(column)).join('  ');
  return [...tableRow(head, widths), rule, ...rows.flatMap((row) => tableRow(row, widths))];
}

function columnWidths(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  weights: readonly number[],
): number[] {
  const room = width - 2 * (head.length - 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return head.map((title, index) => {
    const widest = Math.max(title.length, ...rows.map((row) => plain(row[index] ?? '').length));
    return Math.max(4, Math.min(widest, Math.floor((room * (weights[index] ?? 1)) / total)));
  });
}

function tableRow(cells: readonly string[], widths: readonly number[]): string[] {
  const wrapped = widths.map((width, index) =>
    wrap(cells[index] ?? '', width).map((line) => cut(line, width)),
  );
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, index) => (lines[line] ?? '').padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
