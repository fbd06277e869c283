import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { badRequest } from './parameters.ts';

const namePattern = /^[0-9a-zA-Z._-]{1,200}$/;

/** Custom vocabularies of this "account": text files in a folder, a phrase a line. */
export class Vocabularies {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws ServiceError `BadRequestException` for a name that the account does not have. */
  async phrases(names: readonly string[]): Promise<string[]> {
    const lists = await Promise.all(
      names.map(async (name) => {
        const phrases = await this.read(name);
        if (!phrases) {
          throw badRequest(
            "The requested vocabulary couldn't be found. Check the vocabulary name and try your request again.",
          );
        }
        return phrases;
      }),
    );
    return lists.flat();
  }

  /** The phrases of one list, or undefined when there is none of that name. */
  async read(name: string): Promise<string[] | undefined> {
    if (!namePattern.test(name) || name.startsWith('.')) return undefined;
    try {
      return parsePhrases(await readFile(join(this.#folder, `${name}.txt`), 'utf8'));
    } catch {
      return undefined;
    }
  }
}

/**
 * Either of Transcribe's own forms: a phrase a line with hyphens for spaces, or a table whose first column is
 * `Phrase`. Lines that begin with `#` are comments.
 */
export function parsePhrases(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => (line.split('\t')[0] ?? '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0]?.toLowerCase() === 'phrase') lines.shift();
  return lines.map((line) => line.replaceAll('-', ' '));
}
