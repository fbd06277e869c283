import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodedError } from '@vestibule/core';
import type { LoadOptions } from '../definition/from-fhir.ts';

const folder = 'terminology';

/**
 * FHIR resources that questionnaires in a folder refer to: value sets, code systems, sub-questionnaires, each a JSON file in `terminology/`
 * beside them. None without that folder. @param file a questionnaire
 * @throws CodedError `unreadable-resource`, naming every file that is none.
 */
export function resourcesBeside(file: string): NonNullable<LoadOptions['resources']> {
  const at = join(dirname(file), folder);
  const faults: string[] = [];
  const resources = filesIn(at).flatMap((name) => {
    const path = join(at, name);
    try {
      const parsed = JSON.parse(readFileSync(path, 'utf8')) as { resourceType?: unknown } | null;
      if (typeof parsed?.resourceType === 'string') return [parsed as never];
      faults.push(`${path}: has no resourceType, so it is no FHIR resource`);
    } catch (error) {
      faults.push(`${path}: ${(error as Error).message}`);
    }
    return [];
  });
  if (faults.length > 0) throw new CodedError('unreadable-resource', faults.join('\n'));
  return resources;
}

function filesIn(at: string): string[] {
  try {
    return readdirSync(at)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
