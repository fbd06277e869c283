import type { Questionnaire } from 'fhir/r4.d.ts';
import type { Fault } from '@vestibule/core';
import type { Definition } from '../types.ts';
import { fhirQuestionnaire } from './fhir-schema.ts';
import { asR4 } from './as-r4.ts';
import { type Findings, fromFhir, type LoadOptions } from './from-fhir.ts';
import { schemaFaults } from './schema-faults.ts';
import { openSource, type Source } from './source.ts';
import { compileShortForm } from './short-form/compile.ts';
import { shortForm, shortFormKeys } from './short-form/schema.ts';

export type { LoadOptions };

export interface LoadedQuestionnaire extends Findings {
  /** Absent when there are faults. Frozen. */
  definition?: Definition;
  /** The questionnaire as FHIR R4; for the short form, what it compiles to. */
  questionnaire?: Questionnaire;
}

/**
 * Reads a questionnaire: the YAML short form, or FHIR R4 JSON (in a `.json` file, or whatever says `resourceType`).
 * Never throws: all faults are reported together, with path and line.
 */
export function loadQuestionnaire(
  text: string,
  file: string,
  options: LoadOptions = {},
): LoadedQuestionnaire {
  const source = openSource(text, file);
  if ('faults' in source) return { faults: source.faults, warnings: [] };
  return source.isFhir ? loadFhir(source, options) : loadShort(source, options);
}

function loadFhir(source: Source, options: LoadOptions): LoadedQuestionnaire {
  const { value, faults, warnings } = asR4(source.value);
  if (faults.length > 0) return { faults: source.withLines(faults), warnings: [] };
  const parsed = fhirQuestionnaire.safeParse(value, { reportInput: true });
  if (!parsed.success) return { faults: source.withLines(schemaFaults(parsed.error)), warnings: [] };
  // The schema holds every part that is read to R4's shape; what it lets pass is only listed.
  const loaded = finish(parsed.data as unknown as Questionnaire, source, (path) => path, options);
  return { ...loaded, warnings: [...source.withLines(warnings), ...loaded.warnings] };
}

function loadShort(source: Source, options: LoadOptions): LoadedQuestionnaire {
  const parsed = shortForm.safeParse(source.value, { reportInput: true });
  if (!parsed.success)
    return { faults: source.withLines(schemaFaults(parsed.error, shortFormKeys)), warnings: [] };
  const { questionnaire, faults, places } = compileShortForm(parsed.data);
  const loaded = finish(questionnaire, source, (path) => shortPath(path, places), options);
  if (faults.length === 0) return loaded;
  const { definition: _faulty, ...rest } = loaded;
  return { ...rest, faults: [...source.withLines(faults), ...loaded.faults] };
}

function finish(
  questionnaire: Questionnaire,
  source: Source,
  place: (path: string) => string,
  options: LoadOptions,
): LoadedQuestionnaire {
  const { definition, faults, warnings } = fromFhir(questionnaire, options);
  const translate = (found: readonly Fault[]) =>
    source.withLines(found.map((fault) => ({ ...fault, path: place(fault.path) })));
  return {
    ...(faults.length === 0 ? { definition: deepFreeze(definition) } : {}),
    questionnaire,
    faults: translate(faults),
    warnings: translate(warnings),
  };
}

/** Where in the short form a path of the compiled questionnaire comes from. */
function shortPath(path: string, places: ReadonlyMap<string, string>): string {
  const extension = /^.*\bextension\[\d+\]/.exec(path)?.[0] ?? '';
  const known = places.get(extension);
  if (known !== undefined) return known;
  return path
    .replace(/\bitem\[/g, 'items[')
    .replace(/\.enableWhen\b.*$/, '.when')
    .replace(/\.answer(?:Option|ValueSet)\b/, '.options')
    .replace(/\.linkId$/, '.id')
    .replace(/\.text$/, '.ask')
    .replace(/^extension\b.*$/, 'redFlags')
    .replace(/\.extension\b.*$/, '');
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
