/** One thing wrong with a file or a request: where, what, and what to do about it. */
export interface Fault {
  /** Where in the document, e.g. `numbers[0].questionnaire`. Empty for the whole. */
  path: string;
  /** 1-based, when the source has lines. */
  line?: number;
  message: string;
  remedy?: string;
}

/** One line a fault: `vestibule.yaml:12 numbers[0].questionnaire: no such file. Put it in …`. */
export function formatFaults(file: string, faults: readonly Fault[]): string {
  return faults
    .map(({ path, line, message, remedy }) => {
      const place = `${file}${line === undefined ? '' : `:${line}`}`;
      return `${place} ${path === '' ? '' : `${path}: `}${message}${remedy === undefined ? '' : `. ${remedy}`}`;
    })
    .join('\n');
}
