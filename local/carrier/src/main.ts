import { setPriority } from 'node:os';
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
  preferOwnProcess();
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());
  const emit = (event: unknown) => void process.stdout.write(`${JSON.stringify(event)}\n`);
  const { outcome } = await run(options, emit, stop.signal);
  if (outcome === 'unanswered') {
    const places = options.targets.map(({ address, port }) => `${address}:${port}`).join(' or ');
    process.stderr.write(`carrier: Nothing answers at ${places}: make up\n`);
  }
  return outcome === 'completed' || outcome === 'cancelled' ? 0 : 1;
}

/** A telephone has a processor of its own: here its 20 ms frames go before other work, where that is permitted. */
function preferOwnProcess(): void {
  try {
    setPriority(0, -10);
  } catch {
    // Only root may; without it a busy machine makes the audio stutter.
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`carrier: ${error.message}\n`);
  process.exitCode = error.code === 'usage' ? 2 : 1;
}
