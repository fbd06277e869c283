import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Definition } from '@vestibule/questionnaire';
import { CliError } from '../../../errors.ts';
import type { Output } from '../../../terminal.ts';
import { definitionIn, readLines, writeText } from '../read-file.ts';
import { Rehearsal } from './rehearsal.ts';

export interface TryOptions {
  answers?: string;
  response?: string;
  today?: string;
  language?: string;
}

/**
 * Takes one call in text: from the terminal, from standard input, or from a file of answers (`#` begins a comment, `:` a command). False when it
 * ends before the questionnaire is complete.
 */
export async function rehearse(
  file: string,
  { answers, response, today, language }: TryOptions,
  output: Output,
  input: NodeJS.ReadableStream,
): Promise<boolean> {
  const day = dayOf(today);
  const definition = definitionIn(file, language === undefined ? {} : { language });
  if (language !== undefined && isUntranslated(definition, file))
    output.write(`${file}: it has no translation to ${language}; it is asked as it is.\n`);
  const said = answers === undefined ? input : Readable.from(answersIn(answers));
  const rehearsal = new Rehearsal(definition, day);
  output.write(rehearsal.begin());
  await converse(rehearsal, said, output);
  if (!rehearsal.hasEnded) output.write(`\nEnded before it was complete. Open:\n${rehearsal.openItems()}`);
  if (response !== undefined) writeText(response, rehearsal.response());
  return rehearsal.isComplete;
}

/** Puts each line to the rehearsal; at a terminal with a prompt and a history, else with the lines repeated. Once it has ended, only commands count. */
async function converse(rehearsal: Rehearsal, input: NodeJS.ReadableStream, output: Output): Promise<void> {
  const terminal = input === process.stdin && process.stdin.isTTY;
  const lines = createInterface(
    terminal ? { input, output: process.stdout, prompt: 'You:   ' } : { input, terminal: false },
  );
  let isOpen = true;
  lines.once('close', () => (isOpen = false));
  // Ctrl-D closes while the last line is still being taken.
  const prompt = () => {
    if (terminal && isOpen) lines.prompt();
  };
  let unused = 0;
  prompt();
  for await (const line of lines) {
    const words = line.trim();
    if (words === ':quit') break;
    const isCommand = words.startsWith(':');
    if (words !== '' && rehearsal.hasEnded && !isCommand) unused += 1;
    else if (words !== '') output.write(`${terminal ? '' : `You:   ${words}\n`}${rehearsal.hear(words)}`);
    prompt();
  }
  lines.close();
  if (unused > 0) output.write(`${unused} ${unused === 1 ? 'line was' : 'lines were'} left over.\n`);
}

function answersIn(file: string): string[] {
  return readLines(file)
    .filter((line) => !line.startsWith('#'))
    .map((line) => `${line}\n`);
}

/** @throws CliError where it is no day. */
function dayOf(given: string | undefined): string {
  const day = given ?? new Date().toISOString().slice(0, 10);
  const instant = new Date(`${day}T00:00:00Z`);
  if (
    /^\d{4}-\d{2}-\d{2}$/.test(day) &&
    !Number.isNaN(instant.getTime()) &&
    instant.toISOString().startsWith(day)
  )
    return day;
  throw new CliError('bad-argument', `--today ${day}: it is no day. Write it as 2026-11-23`);
}

function isUntranslated(definition: Definition, file: string): boolean {
  return JSON.stringify(definition) === JSON.stringify(definitionIn(file));
}
