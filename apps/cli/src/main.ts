import { CodedError } from '@vestibule/core';
import { makeProgram } from './program.ts';

const program = makeProgram(
  { write: (text) => process.stdout.write(text) },
  (code) => (process.exitCode = code),
);

// `… | head` closes the pipe before we are done.
process.stdout.on('error', () => process.exit(1));

try {
  await program.parseAsync();
} catch (error) {
  // Our own errors are made for people; anything else is a bug and shows where it comes from.
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`vestibule: ${error.message}\n`);
  process.exitCode = 1;
}
