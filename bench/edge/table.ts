/** Markdown to standard output. */
export const row = (...cells: (string | number)[]) => void process.stdout.write(`| ${cells.join(' | ')} |\n`);

export const heading = (title: string, ...columns: string[]) => {
  process.stdout.write(`\n${title}\n\n`);
  row(...columns);
  row(...columns.map(() => '---'));
};

/** How many, and which. */
export const names = (list: readonly string[]) =>
  list.length === 0 ? '0' : `${list.length}: ${list.join(', ')}`;

export const yes = (value: boolean) => (value ? 'yes' : '**no**');
