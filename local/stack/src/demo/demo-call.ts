import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import { type Entry, foldCall, payloadOf } from '@vestibule/record';
import { s3Client } from '../archive-client.ts';
import { StackError } from '../errors.ts';
import type { Context } from '../parts/context.ts';
import { address, ports } from '../ports.ts';
import type { Part } from '../supervise/part.ts';
import { answersHttp } from '../supervise/probes.ts';
import { awaitSealed, eventually } from './archive.ts';
import { asArguments, carrierOptions } from './carrier-options.ts';
import type { DemoEvent } from './display.ts';
import { followCall, type Summary } from './follow-call.ts';
import { readPersona } from './persona.ts';
import type { DemoResult } from './report.ts';

export interface DemoCall {
  readonly context: Context;
  readonly config: Config;
  readonly parts: readonly Part[];
  /** A file. */
  readonly persona: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DemoEvent) => void;
}

/** Longest wait for the call's record after it ended, ms: sealing retries for about a minute. */
const sealedWithin = 75_000;
const enrichedWithin = 30_000;

/**
 * Places one call as `persona`, feeds what happens to `onEvent`, waits for its record.
 * @throws StackError `call-failed`; CodedError `invalid-persona`.
 */
export async function takeDemoCall(demo: DemoCall): Promise<Omit<DemoResult, 'firstRingMs'>> {
  const { context, config, persona } = demo;
  const { folders } = context.environment;
  const options = await carrierOptions(config, { folders, persona: readPersona(persona) });
  const args = ['--persona', persona, ...asArguments(options)];
  const { summary, entries } = await followCall({ ...demo, args });
  return recordOf(demo, summary, entries);
}

async function recordOf(
  { context, config, clock, signal, parts }: DemoCall,
  summary: Summary,
  entries: readonly Entry[],
): Promise<Omit<DemoResult, 'firstRingMs'>> {
  const { folders } = context.environment;
  const first = entries[0]?.header;
  const state = foldCall(entries);
  const callId = first?.callId ?? '';
  const day = (state.startedAt ?? '').slice(0, 10).replaceAll('-', '/');
  const prefix = `${state.call?.tenant ?? config.tenant}/${day}/${callId}`;
  const client = s3Client(context);
  try {
    const place = { bucket: config.archive.bucket, prefix };
    const sealed = await awaitSealed(client, place, { clock, limitMs: sealedWithin, signal });
    if (!sealed)
      throw new StackError('call-failed', `The call's record did not reach the archive (${prefix})`);
    const indexed = answersHttp(`http://${address(ports.opensearch)}/calls/_doc/${callId}`);
    const enriched = await eventually(() => indexed(signal), { clock, limitMs: enrichedWithin, signal });
    const local = (path: string) => relative(process.cwd(), path) || path;
    return {
      manifest: sealed.manifest,
      rows: sealed.rows,
      enriched,
      redFlags: entries.flatMap((entry) => payloadOf(entry, 'red-flag') ?? []),
      latencies: summary,
      files: [
        ['call, both directions', summary.wav === undefined ? 'none' : local(summary.wav)],
        [
          'record',
          `s3://${config.archive.bucket}/${prefix}/ (${sealed.keys.map((key) => key.slice(prefix.length + 1)).join(', ')})`,
        ],
        ['the same on disk', local(join(folders.data, 's3', config.archive.bucket, prefix))],
        ['logs of every part', local(folders.log)],
      ],
      standIns: [
        ...parts.flatMap((part): [string, string][] =>
          part.kind === 'process' && part.standsInFor ? [[part.title, part.standsInFor]] : [],
        ),
        ['Carrier and caller (synthetic voice)', "Twilio's SIP trunk and a person"],
      ],
      personas: globSync('examples/personas/*.yaml', { cwd: folders.root }).sort(),
    };
  } finally {
    client.destroy();
  }
}
