import { parseArgs } from 'node:util';
import { systemClock } from '@vestibule/core';
import { takeDemoCall } from '../demo/demo-call.ts';
import { display, type DemoEvent } from '../demo/display.ts';
import { personaFile, readPersona } from '../demo/persona.ts';
import { type DemoResult, reportLines } from '../demo/report.ts';
import { Screen } from '../demo/screen.ts';
import type { Environment } from '../environment.ts';
import { StackError } from '../errors.ts';
import type { RunningStack } from '../stack.ts';
import type { Terminal } from '../terminal.ts';
import { paint } from '../text.ts';
import { borrowStack, type BorrowedStack } from './borrow.ts';
import { seconds } from './progress.ts';

/** Starts the stack (or uses the one that is up), takes one call, shows it, stops what it started. */
export async function demoCommand(
  environment: Environment,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const began = systemClock.monotonic();
  const persona = personaFile(environment.folders.root, personaOption(args));
  // Its faults are said before minutes are spent on a start.
  readPersona(persona);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let stack: BorrowedStack | undefined;
  try {
    stack = await borrowStack(environment, interrupt.signal, terminal);
    terminal.write(`\n${paint(terminal, 'bold', 'The call')}\n`);
    const result = await watchCall(stack, persona, interrupt, { terminal, began });
    terminal.write(`${reportLines(result, terminal).join('\n')}\n\n`);
    return succeeded(result) ? 0 : 1;
  } catch (error) {
    if (interrupt.signal.aborted) {
      terminal.write('\nInterrupted.\n');
      return 130;
    }
    throw error;
  } finally {
    const stopping = systemClock.monotonic();
    await stack?.stop();
    if (stack?.ours) terminal.write(`Stopped everything (${seconds(systemClock.monotonic() - stopping)}).\n`);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function personaOption(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { persona: { type: 'string' } } }).values.persona;
  } catch (cause) {
    throw new StackError('usage', 'usage: demo [--persona FILE]', { cause });
  }
}

async function watchCall(
  { context, config, parts, fault }: RunningStack,
  persona: string,
  interrupt: AbortController,
  { terminal, began }: { terminal: Terminal; began: number },
): Promise<DemoResult> {
  const screen = new Screen(terminal);
  let firstRingMs: number | undefined;
  const onEvent = (event: DemoEvent) => {
    if (event.source === 'carrier' && event.event.event === 'ring') {
      firstRingMs ??= systemClock.monotonic() - began;
    }
    for (const line of display(event)) screen.show(line);
  };
  const broken = fault.then((error) => {
    interrupt.abort();
    throw error;
  });
  const call = takeDemoCall({
    ...{ context, config, parts, persona, onEvent },
    clock: systemClock,
    signal: interrupt.signal,
  });
  try {
    const result = await Promise.race([call, broken]);
    return { ...result, ...(firstRingMs === undefined ? {} : { firstRingMs }) };
  } finally {
    screen.end();
  }
}

/** Complete, or handed to a person because a red flag says so: both are what the intake is for. */
function succeeded({ manifest, rows }: DemoResult): boolean {
  if (manifest.outcome === 'complete') return rows.length > 0;
  return manifest.outcome === 'handed-over' && manifest.redFlags.length > 0;
}
