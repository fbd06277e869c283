import { readFileSync } from 'node:fs';

/** The last `count` lines that are not blank, each cut to 200 characters; none when there is no such file. */
export function lastLines(file: string, count: number): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .filter((line) => line.trim() !== '')
      .slice(-count)
      .map((line) => (line.length > 200 ? `${line.slice(0, 199)}…` : line));
  } catch {
    return [];
  }
}
