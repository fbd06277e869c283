import { CodedError } from '@vestibule/core';
import { parseArguments, usage } from './arguments.ts';
import { run } from './run.ts';

/** Exit codes: 0 the call took place, 1 it did not (refused, unanswered, failed), 2 the command line is wrong. */
async function main(): Promise<number> {
  const options = parseArguments(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const { outcome } = await run(options, (event) => process.stdout.write(`${JSON.stringify(event)}\n`));
  return outcome === 'completed' || outcome === 'cancelled' ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`carrier: ${error.message}\n`);
  process.exitCode = error.code === 'usage' ? 2 : 1;
}
