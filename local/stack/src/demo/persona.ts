import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CodedError, formatFaults } from '@vestibule/core';
import { parsePersona, type Persona } from '@vestibule/local-carrier';
import { StackError } from '../errors.ts';

/** @throws StackError `usage` when there is no such persona. */
export function personaFile(root: string, given: string | undefined): string {
  const file = given === undefined ? join(root, 'examples/personas/plain.yaml') : resolve(given);
  if (!existsSync(file))
    throw new StackError(
      'usage',
      `There is no persona file ${given ?? file}. Examples are in examples/personas`,
    );
  return file;
}

/** @throws CodedError `invalid-persona`, whose message lists every fault, a line each. */
export function readPersona(file: string): Persona {
  const { persona, faults } = parsePersona(readFileSync(file, 'utf8'));
  if (!persona) throw new CodedError('invalid-persona', formatFaults(file, faults));
  return persona;
}
