import { readFileSync } from 'node:fs';
import { type Definition, loadQuestionnaire } from '@vestibule/questionnaire';

/** A questionnaire that uses every flag of the library by name, loaded as anybody's is. */
const file = new URL('all-flags.yaml', import.meta.url);

export const libraryDefinition: Definition = load();
export const library: readonly string[] = libraryDefinition.redFlags.map(({ id }) => id);

function load(): Definition {
  const { definition, faults } = loadQuestionnaire(readFileSync(file, 'utf8'), 'all-flags.yaml');
  if (!definition) throw new Error(`all-flags.yaml: ${JSON.stringify(faults)}`);
  return definition;
}
