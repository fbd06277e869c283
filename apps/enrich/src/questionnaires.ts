import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFaults } from '@vestibule/core';
import { type Definition, type Item, loadQuestionnaire } from '@vestibule/questionnaire';
import { resourcesBeside } from '@vestibule/questionnaire/files';
import type { QuestionnaireItem } from 'fhir/r4.d.ts';
import { EnrichError } from './errors.ts';
import type { Coding } from './response.ts';

/** Of a questionnaire, what enrichment reads. */
export interface KnownQuestionnaire {
  definition: Definition;
  /** Codes of the questions, by linkId. */
  itemCodes: ReadonlyMap<string, readonly Coding[]>;
  /** Scores of options (ordinalValue), by `linkId code`. */
  scores: ReadonlyMap<string, number>;
}

/** By `url|version`: a call pins both, and only that very version tells what was asked. */
export type Questionnaires = ReadonlyMap<string, KnownQuestionnaire>;

/** Reads the questionnaires of a folder. @throws EnrichError `invalid-environment` with every fault of every file */
export function readQuestionnaires(folder: string): Questionnaires {
  const known = new Map<string, KnownQuestionnaire>();
  const faults: string[] = [];
  for (const name of filesIn(folder)) {
    const file = join(folder, name);
    const loaded = loadQuestionnaire(readFileSync(file, 'utf8'), file, { resources: resourcesBeside(file) });
    const { definition, questionnaire } = loaded;
    if (!definition) {
      faults.push(formatFaults(file, loaded.faults));
      continue;
    }
    known.set(`${definition.url}|${definition.version}`, {
      definition,
      itemCodes: new Map(codesOf(questionnaire?.item ?? [])),
      scores: new Map(scoresOf(definition.items)),
    });
  }
  if (faults.length > 0) throw new EnrichError('invalid-environment', { detail: faults.join('\n') });
  return known;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name));
  } catch (cause) {
    throw new EnrichError('invalid-environment', {
      detail: `VESTIBULE_QUESTIONNAIRES: no folder ${folder}`,
      cause,
    });
  }
}

function codesOf(items: readonly QuestionnaireItem[]): [string, readonly Coding[]][] {
  return items.flatMap(({ linkId, code = [], item = [] }) => [
    [linkId, code] as [string, Coding[]],
    ...codesOf(item),
  ]);
}

function scoresOf(items: readonly Item[]): [string, number][] {
  return items.flatMap(({ linkId, options, items: children }) => [
    ...options.flatMap(({ code, ordinal }): [string, number][] =>
      ordinal === undefined ? [] : [[`${linkId} ${code}`, ordinal]],
    ),
    ...scoresOf(children),
  ]);
}
