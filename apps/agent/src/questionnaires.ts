import { readFile } from 'node:fs/promises';
import { type Config, questionnaireFile } from '@vestibule/config';
import { CodedError, formatFaults } from '@vestibule/core';
import { type Definition, loadQuestionnaire } from '@vestibule/questionnaire';
import { resourcesBeside } from '@vestibule/questionnaire/files';

/**
 * Reads every questionnaire of the deployment once; the result gives the one behind a dialled number. A call on a
 * number that is not configured gets the first: the edge has admitted it.
 * @throws CodedError `invalid-questionnaire`, all faults of all files in its message.
 */
export async function questionnaires(config: Config): Promise<(dialled: string) => Promise<Definition>> {
  const loaded = new Map<string, Definition>();
  const problems: string[] = [];
  for (const { number, questionnaire } of config.numbers) {
    const file = await questionnaireFile(config, questionnaire);
    if (file === undefined) {
      problems.push(`${questionnaire}: no such questionnaire in ${config.questionnaires}`);
      continue;
    }
    const { definition, faults } = loadQuestionnaire(await readFile(file, 'utf8'), file, {
      resources: resourcesBeside(file),
    });
    if (definition) loaded.set(number, definition);
    else problems.push(formatFaults(file, faults));
  }
  if (problems.length > 0) throw new CodedError('invalid-questionnaire', problems.join('\n'));
  return async (dialled) => {
    const definition = loaded.get(dialled) ?? [...loaded.values()][0];
    if (!definition) throw new CodedError('invalid-questionnaire', 'no questionnaire is configured');
    return definition;
  };
}
