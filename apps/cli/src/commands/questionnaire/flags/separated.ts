/** The cells of one line, and the number (from 1) of the line on which it begins. */
export interface SeparatedLine {
  cells: string[];
  line: number;
}

/** Tab-separated text as it stands, or comma-separated with quotes (RFC 4180). Empty lines are passed over. */
export function separated(text: string, separator: '\t' | ','): SeparatedLine[] {
  const lines =
    separator === '\t'
      ? text.split(/\r?\n/).map((line, index) => ({ cells: line.split('\t'), line: index + 1 }))
      : quoted(text);
  return lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

function quoted(text: string): SeparatedLine[] {
  const lines: SeparatedLine[] = [];
  let line = 1;
  let current: SeparatedLine = { cells: [], line };
  for (const [, inQuotes, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*|))(,|\r?\n|$)/g,
  )) {
    const cell = inQuotes?.replaceAll('""', '"') ?? plain ?? '';
    current.cells.push(cell);
    line += cell.split('\n').length - 1;
    if (end === ',') continue;
    lines.push(current);
    line += 1;
    current = { cells: [], line };
  }
  return lines;
}
