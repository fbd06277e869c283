import { existsSync, globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import type { Clock } from '@vestibule/core';
import type { Config } from '@vestibule/config';
import type { TimedEvent } from '@vestibule/local-carrier';
import { foldCall, payloadOf, type StoredEntry } from '@vestibule/record';
import { s3Client } from '../archive-client.ts';
import { StackError } from '../errors.ts';
import { type Context, nodeOf } from '../parts/context.ts';
import { address, ports } from '../ports.ts';
import type { Part } from '../supervise/part.ts';
import { answersHttp } from '../supervise/probes.ts';
import { awaitSealed, eventually } from './archive.ts';
import { CallLogReader } from './call-log.ts';
import { placeCarrierCall } from './carrier.ts';
import type { DemoEvent } from './display.ts';
import type { DemoResult } from './report.ts';

export interface DemoCall {
  readonly context: Context;
  readonly config: Config;
  readonly parts: readonly Part[];
  readonly persona: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DemoEvent) => void;
}

type Summary = Extract<TimedEvent, { event: 'summary' }>;

/** Longest wait for the call's record after it ended, ms: sealing retries for about a minute. */
const sealedWithin = 75_000;
const enrichedWithin = 30_000;

/**
 * Places one call as `persona`, feeds what happens to `onEvent`, waits for its record. The call is followed from outside:
 * through the carrier's events and a read-only look at the call's log.
 * @throws StackError `call-failed`
 */
export async function takeDemoCall(demo: DemoCall): Promise<Omit<DemoResult, 'firstRingMs'>> {
  const reader = await CallLogReader.connect(`redis://${address(ports.redisLog)}`);
  try {
    const known = await reader.keys();
    const follower = new Follower(reader, known, demo);
    const summary = await follower.carrierCall();
    const entries = await follower.ended();
    return await recordOf(demo, summary, entries);
  } finally {
    reader.close();
  }
}

/** Follows the carrier and, once it appears, the call's log. */
class Follower {
  readonly #reader: CallLogReader;
  readonly #known: ReadonlySet<string>;
  readonly #demo: DemoCall;
  readonly #entries: StoredEntry[] = [];
  readonly #logEnded = Promise.withResolvers<void>();
  #invitedAt = 0;

  constructor(reader: CallLogReader, known: ReadonlySet<string>, demo: DemoCall) {
    this.#reader = reader;
    this.#known = known;
    this.#demo = demo;
    // A call that never took place is reported by the carrier's side; nobody waits for its log then.
    this.#logEnded.promise.catch(() => undefined);
  }

  async carrierCall(): Promise<Summary> {
    const { context, persona, clock, signal, onEvent } = this.#demo;
    const { folders, inherited } = context.environment;
    const args = ['--persona', persona, '--out', join(folders.state, 'calls')];
    const call = placeCarrierCall(nodeOf(context), args, {
      cwd: folders.root,
      env: { ...inherited, XDG_CACHE_HOME: resolve(folders.cache, '..') },
    });
    signal.addEventListener('abort', call.kill, { once: true });
    let summary: Summary | undefined;
    for await (const event of call.events) {
      if (event.event === 'invite' && event.attempt <= 1) {
        this.#invitedAt = clock.monotonic() - event.atMs;
        void this.#followLog(event.from).catch(this.#logEnded.reject);
      }
      if (event.event === 'summary') summary = event;
      onEvent({ source: 'carrier', event });
    }
    if (signal.aborted) throw new StackError('interrupted', 'Interrupted');
    if (summary?.outcome !== 'completed') {
      throw new StackError('call-failed', `The call did not take place: ${summary?.outcome ?? 'no summary'}`);
    }
    return summary;
  }

  /** All entries, once the log has its end; at the latest 15 s after the call. */
  async ended(): Promise<readonly StoredEntry[]> {
    const { clock, signal } = this.#demo;
    await Promise.race([this.#logEnded.promise, clock.sleep(15_000, signal)]);
    if (this.#entries.length === 0)
      throw new StackError('call-failed', 'No agent worker took the call. See: .local/log/agent-1.log');
    return this.#entries;
  }

  async #followLog(caller: string): Promise<void> {
    const { clock, signal, onEvent } = this.#demo;
    let key: string | undefined;
    while (key === undefined && !signal.aborted) {
      key = await this.#reader.findNew(this.#known, caller);
      if (key === undefined) await clock.sleep(100, signal);
    }
    let from = '0';
    while (key !== undefined && !signal.aborted) {
      const { entries, last } = await this.#reader.after(key, from, 1000);
      from = last;
      for (const entry of entries) {
        this.#entries.push(entry);
        onEvent({ source: 'log', entry, atMs: clock.monotonic() - this.#invitedAt });
        if (entry.header.kind === 'end') return this.#logEnded.resolve();
      }
    }
  }
}

async function recordOf(
  { context, config, clock, signal, parts }: DemoCall,
  summary: Summary,
  entries: readonly StoredEntry[],
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
        [
          'call, both directions',
          summary.wav === undefined ? 'none' : local(resolve(folders.root, summary.wav)),
        ],
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
