import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Entry } from '@vestibule/record';
import { z } from 'zod';
import { CliError } from '../../errors.ts';
import { root } from '../../processes.ts';

/** What apps/agent/src/replay/main.ts prints. */
const resultSchema = z.union([
  z.object({ obstacle: z.string() }),
  z.object({
    same: z.object({ decisions: z.number(), sentences: z.number(), workers: z.number() }),
    sameVersions: z.object({ questionnaire: z.boolean(), prompts: z.boolean() }),
    divergence: z
      .object({
        seq: z.number(),
        kind: z.string(),
        path: z.array(z.string()),
        recorded: z.unknown().optional(),
        replayed: z.unknown().optional(),
      })
      .optional(),
  }),
]);

type Result = z.infer<typeof resultSchema>;
type Replayed = Exclude<Result, { obstacle: string }>;

export interface ReplayOptions {
  config: string;
  redacted: boolean;
}

/**
 * Has the agent's own code decide a recorded call again. The agent is another app: it is run as a process, and nothing that was opened
 * touches a disk. @throws CliError `not-verified` with the first divergence; `bad-argument` when the record cannot be replayed.
 */
export async function replayRecord(
  callId: string,
  entries: readonly Entry[],
  options: ReplayOptions,
): Promise<string> {
  const result = await runAgent(entries, options);
  if ('obstacle' in result)
    throw new CliError('bad-argument', `${callId} cannot be replayed: ${result.obstacle}.`);
  const { same, divergence } = result;
  const versions = versionsText(result);
  const counts = `${same.decisions} decisions and ${same.sentences} sentences of ${same.workers === 1 ? 'one worker' : `${same.workers} workers`}`;
  if (!divergence) return `${callId} replays: ${counts} are the same.\n${versions}`;
  const { seq, kind, path, recorded, replayed } = divergence;
  throw new CliError(
    'not-verified',
    [
      `${callId} diverges at entry ${seq} (${[kind, ...path].join('.')}):`,
      `  recorded: ${shown(recorded)}`,
      `  replayed: ${shown(replayed)}`,
      `  before it ${counts} are the same.`,
      versions.trimEnd(),
    ].join('\n'),
  );
}

const shown = (value: unknown) => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing'));

function versionsText({ sameVersions: { questionnaire, prompts } }: Replayed): string {
  const changed = [
    ...(questionnaire ? [] : ['the questionnaire']),
    ...(prompts ? [] : ['the agent’s words or the model’s rules']),
  ];
  return changed.length === 0
    ? '  under the questionnaire and the prompts that it was taken under.\n'
    : `  but not under what it was taken under: ${changed.join(' and ')} changed since.\n`;
}

async function runAgent(entries: readonly Entry[], { config, redacted }: ReplayOptions): Promise<Result> {
  const script = join(root, 'apps/agent/src/replay/main.ts');
  const args = [script, '--config', config, ...(redacted ? ['--redacted'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  // A program that ends before it has read all of it says why itself.
  child.stdin.on('error', () => undefined);
  child.stdin.end(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (child.exitCode === 0) return resultSchema.parse(JSON.parse(output));
  throw new CliError('bad-file', `The agent could not replay it: ${complaint.trim()}`);
}
