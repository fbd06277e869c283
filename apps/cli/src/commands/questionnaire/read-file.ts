import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { type Fault, formatFaults, isCodedError } from '@vestibule/core';
import {
  checkQuestionnaire,
  type Definition,
  loadQuestionnaire,
  type LoadOptions,
  type QuestionnaireCheck,
} from '@vestibule/questionnaire';
import { resourcesBeside } from '@vestibule/questionnaire/files';
import { CliError } from '../../errors.ts';

/** Bytes. The largest questionnaires in use have about a tenth of that. */
const largest = 8_000_000;

type Loader<T> = (text: string, file: string, options: LoadOptions) => T;

/** All that is wrong with the file, also where it cannot be read at all. Never throws. */
export function checkedFile(file: string): QuestionnaireCheck {
  const opened = open(file, {}, checkQuestionnaire);
  return 'fault' in opened ? { faults: [opened.fault], warnings: [] } : opened.loaded;
}

/** @throws CliError `bad-file` with every fault of a questionnaire that cannot be used. */
export function definitionIn(file: string, options: LoadOptions = {}): Definition {
  const opened = open(file, options, loadQuestionnaire);
  const { definition, faults } = 'fault' in opened ? { faults: [opened.fault] } : opened.loaded;
  if (!definition) throw new CliError('bad-file', formatFaults(file, faults));
  return definition;
}

function open<T>(file: string, options: LoadOptions, load: Loader<T>): { fault: Fault } | { loaded: T } {
  try {
    const text = textIn(file);
    return { loaded: load(text, file, { resources: resourcesBeside(file), ...options }) };
  } catch (error) {
    return { fault: { path: '', message: reasonOf(error) } };
  }
}

/** The lines of a file of the user's. @throws CliError `bad-file`. */
export function readLines(file: string): string[] {
  try {
    return textIn(file).split(/\r?\n/);
  } catch (cause) {
    throw new CliError('bad-file', `${file}: ${reasonOf(cause)}`, { cause });
  }
}

/** The file as text. @throws CliError, or the error of the system. */
function textIn(file: string): string {
  const stat = statSync(file);
  if (stat.isDirectory()) throw new CliError('bad-file', 'cannot be read: it is a folder');
  if (stat.size > largest)
    throw new CliError(
      'bad-file',
      `cannot be read: it has ${(stat.size / 1e6).toFixed(1)} MB, more than the ${largest / 1e6} MB that are read`,
    );
  const bytes = readFileSync(file);
  try {
    if (bytes.includes(0)) throw new TypeError();
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError('bad-file', 'cannot be read: it is not text in UTF-8');
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by you',
};

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'cannot be read: it is nested too deeply';
  if (error instanceof CliError || isCodedError(error, 'unreadable-resource')) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return `cannot be read: ${reasons[code] ?? code}`;
}

/** @throws CliError `bad-argument` where it cannot be written. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new CliError('bad-argument', `${file}: cannot be written: ${(cause as Error).message}`, { cause });
  }
}
