import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '@vestibule/core';
import { modelsOf } from './model-places.ts';
import type { Config } from './schema.ts';
import { formatPath } from './source.ts';

/** YAML short form before FHIR R4 JSON when both are there. */
const endings = ['.yaml', '.json'];

/** The file behind a questionnaire's name, or undefined when there is none. */
export async function questionnaireFile(config: Config, questionnaire: string): Promise<string | undefined> {
  for (const ending of endings) {
    const file = join(config.questionnaires, questionnaire + ending);
    if (await exists(file)) return file;
  }
  return undefined;
}

/** What a valid file still needs around it: questionnaires on disk, plugins installed. Faults carry no lines. */
export async function checkDeployment(
  config: Config,
  installed: (plugin: string) => boolean = isInstalled,
): Promise<Fault[]> {
  return [...(await questionnaireFaults(config)), ...pluginFaults(config, installed)];
}

async function questionnaireFaults(config: Config): Promise<Fault[]> {
  const faults = await Promise.all(
    config.numbers.map(async ({ questionnaire }, index) =>
      (await questionnaireFile(config, questionnaire)) === undefined
        ? {
            path: `numbers[${index}].questionnaire`,
            message: `no such questionnaire: ${questionnaire}`,
            remedy: `Put ${questionnaire}.yaml or ${questionnaire}.json in ${config.questionnaires}`,
          }
        : undefined,
    ),
  );
  return faults.filter((fault) => fault !== undefined);
}

function pluginFaults(config: Config, installed: (plugin: string) => boolean): Fault[] {
  return modelsOf<{ readonly provider: string; readonly plugin?: string }>(config.agent.models).flatMap(
    ({ path, model: { plugin } }) =>
      plugin === undefined || installed(plugin)
        ? []
        : [
            {
              path: formatPath(['agent', 'models', ...path]),
              message: `${plugin} is not installed`,
              remedy: `npm install -w apps/agent ${plugin} (the version of @livekit/agents)`,
            },
          ],
  );
}

function isInstalled(plugin: string): boolean {
  try {
    import.meta.resolve(plugin);
    return true;
  } catch {
    return false;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
