import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface ListedQuestionnaire {
  uri: string;
  name: string;
  mimeType: string;
}

export interface QuestionnaireText {
  uri: string;
  mimeType: string;
  text: string;
}

const mimeTypes: Record<string, string> = { '.yaml': 'application/yaml', '.json': 'application/fhir+json' };
const scheme = 'questionnaire:///';

/** The questionnaires of a folder as MCP resources, `questionnaire:///new-patient`. Read anew each time. */
export class QuestionnaireCatalogue {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<ListedQuestionnaire[]> {
    return (await this.#files()).map(({ name, mimeType }) => ({ uri: `${scheme}${name}`, name, mimeType }));
  }

  /** Only names that the folder's listing holds are read, so no path can lead out of it. */
  async read(uri: string): Promise<QuestionnaireText | undefined> {
    const found = (await this.#files()).find(({ name }) => uri === `${scheme}${name}`);
    if (!found) return undefined;
    return { uri, mimeType: found.mimeType, text: await readFile(join(this.#folder, found.file), 'utf8') };
  }

  async #files(): Promise<{ file: string; name: string; mimeType: string }[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files.sort().flatMap((file) => {
      const ending = extname(file);
      const mimeType = mimeTypes[ending];
      return mimeType === undefined ? [] : [{ file, name: file.slice(0, -ending.length), mimeType }];
    });
  }
}
