import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { catalogueOf, type Definition, loadQuestionnaire } from '@vestibule/questionnaire';
import { resourcesBeside } from '@vestibule/questionnaire/files';

export interface ListedQuestionnaire {
  uri: string;
  name: string;
  description: string;
  mimeType: string;
}

export interface QuestionnaireText {
  uri: string;
  mimeType: string;
  text: string;
}

const mimeTypes: Record<string, string> = { '.yaml': 'application/yaml', '.json': 'application/fhir+json' };
const scheme = 'questionnaire:///';
const json = 'application/json';

export const questionnaireTemplates = [
  { uriTemplate: `${scheme}{name}`, name: 'questionnaire', description: 'A questionnaire as it is written' },
  {
    uriTemplate: `${scheme}{name}/rules`,
    name: 'questionnaire-rules',
    description: 'What holds for its answers, what is read back, and its red flags',
    mimeType: json,
  },
];

interface File {
  path: string;
  name: string;
  mimeType: string;
}

/**
 * The questionnaires of a folder as MCP resources: the catalogue (`questionnaire:///`), each as it is written
 * (`questionnaire:///new-patient`), and its rules (`questionnaire:///new-patient/rules`). Read anew each time; one that is not valid has no rules.
 */
export class QuestionnaireCatalogue {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<ListedQuestionnaire[]> {
    const files = await this.#files();
    return [
      { uri: scheme, name: 'catalogue', description: 'Every questionnaire that there is', mimeType: json },
      ...files.map(({ name, mimeType }) => ({
        uri: `${scheme}${name}`,
        name,
        description: 'A questionnaire as it is written',
        mimeType,
      })),
    ];
  }

  /** Only names that the folder's listing holds are read, so no path can lead out of it. */
  async read(uri: string): Promise<QuestionnaireText | undefined> {
    const files = await this.#files();
    const written = (value: unknown) => ({ uri, mimeType: json, text: JSON.stringify(value, undefined, 2) });
    if (uri === scheme) return written(await Promise.all(files.map(entryOf)));
    const file = files.find(({ name }) => [name, `${name}/rules`].includes(uri.slice(scheme.length)));
    if (!file || !uri.startsWith(scheme)) return undefined;
    if (!uri.endsWith('/rules'))
      return { uri, mimeType: file.mimeType, text: await readFile(file.path, 'utf8') };
    const definition = await definitionOf(file);
    return definition && written(rulesOf(definition));
  }

  async #files(): Promise<File[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files.sort().flatMap((file) => {
      const ending = extname(file);
      const mimeType = mimeTypes[ending];
      if (mimeType === undefined) return [];
      return [{ path: join(this.#folder, file), name: file.slice(0, -ending.length), mimeType }];
    });
  }
}

async function definitionOf({ path }: File): Promise<Definition | undefined> {
  return loadQuestionnaire(await readFile(path, 'utf8'), path, { resources: resourcesBeside(path) })
    .definition;
}

async function entryOf(file: File) {
  const definition = await definitionOf(file);
  const { name } = file;
  if (!definition) return { name, uri: `${scheme}${name}`, valid: false };
  const { id, url, version, title } = definition;
  const items = catalogueOf(definition).ordered.length;
  return { name, uri: `${scheme}${name}`, valid: true, id, url, version, title, items };
}

/** What is told of an item. */
const told = [
  ...(['linkId', 'type', 'text', 'required', 'repeats', 'readBack', 'sensitive'] as const),
  ...(['enableWhen', 'enableBehavior', 'rules'] as const),
];

function rulesOf(definition: Definition) {
  const { id, url, version, title, redFlags } = definition;
  return {
    ...{ id, url, version, title, redFlags },
    items: catalogueOf(definition).ordered.map(({ item }) =>
      Object.fromEntries(told.map((key) => [key, item[key]])),
    ),
  };
}
