import { type Config, loadConfig } from '@vestibule/config';
import { systemClock } from '@vestibule/core';
import { parseArguments, usage } from '@vestibule/local-carrier';
import type { Entry } from '@vestibule/record';
import { runCarrier } from '../demo/carrier.ts';
import { asArguments, type CarrierOptions, carrierOptions } from '../demo/carrier-options.ts';
import { display } from '../demo/display.ts';
import { followCall, type Summary } from '../demo/follow-call.ts';
import { personaFile, readPersona } from '../demo/persona.ts';
import { latencyLines } from '../demo/report.ts';
import { Screen } from '../demo/screen.ts';
import type { Environment } from '../environment.ts';
import { StackError } from '../errors.ts';
import { localSecrets } from '../secrets.ts';
import { currentOwner } from '../supervise/owner.ts';
import type { Terminal } from '../terminal.ts';
import { paint } from '../text.ts';

/**
 * One call on the stack that is up, with the options of the carrier's command line: shown as it goes on where a person
 * reads, the carrier's own JSON lines elsewhere. `--to` leads to any other place, and then only the carrier reports.
 */
export async function callCommand(
  environment: Environment,
  args: readonly string[],
  { terminal, toPerson }: { terminal: Terminal; toPerson: boolean },
): Promise<number> {
  const parsed = parseArguments(['call', ...args]);
  if (parsed === 'help') {
    terminal.write(`${usage}\n`);
    return 0;
  }
  const { folders } = environment;
  const persona =
    parsed.persona === undefined ? undefined : readPersona(personaFile(folders.root, parsed.persona));
  const config = await loadConfig(environment.config);
  const options = await carrierOptions(config, { folders, persona });
  const all = [...asArguments(options, args), ...args];
  const isUp = currentOwner(folders.run)?.ready === true;
  if (!isUp && !isElsewhere(args)) throw nothingAnswers(options);
  return isUp && toPerson && !args.includes('--json')
    ? showCall(environment, config, all, terminal)
    : passCall(environment, all);
}

function isElsewhere(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--to' || arg.startsWith('--to='));
}

function nothingAnswers({ to }: CarrierOptions): StackError {
  return new StackError('not-running', `Nothing answers at ${to.replace('sip:', '')}: make up`);
}

async function passCall(environment: Environment, args: readonly string[]): Promise<number> {
  const child = runCarrier(environment, args);
  // Ctrl-C reaches the carrier too, which then hangs up.
  const wait = () => undefined;
  const pass = () => void child.stop(5_000);
  process.on('SIGINT', wait).on('SIGTERM', pass);
  const { code } = await child.ended;
  process.off('SIGINT', wait).off('SIGTERM', pass);
  return code ?? 1;
}

async function showCall(
  environment: Environment,
  config: Config,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const screen = new Screen(terminal);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const { summary, entries } = await followCall({
      context: { environment, secrets: localSecrets(environment.folders) },
      ...{ config, args, clock: systemClock, signal: interrupt.signal },
      onEvent: (event) => display(event).forEach((line) => screen.show(line)),
    });
    screen.end();
    terminal.write(`${closingLines(summary, entries, terminal).join('\n')}\n`);
    return 0;
  } catch (error) {
    screen.end();
    if (!interrupt.signal.aborted) throw error;
    terminal.write('Hung up.\n');
    return 130;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function closingLines(summary: Summary, entries: readonly Entry[], terminal: Terminal): string[] {
  const callId = entries[0]?.header.callId;
  return [
    '',
    paint(terminal, 'bold', 'Latency'),
    ...latencyLines({ latencies: summary }, Math.min(terminal.columns, 120)),
    ...(summary.wav === undefined ? [] : [`Recording: ${summary.wav}`]),
    ...(callId === undefined ? [] : [`Record, once it is sealed: npx vestibule record show ${callId}`]),
  ];
}
