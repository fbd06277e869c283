import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@vestibule/core';
import { ports, readEnvironment, type RunningStack, startStack, takeDemoCall } from '@vestibule/local-stack';
import { type Entry, foldCall, payloadOf } from '@vestibule/record';
import { parse, stringify } from 'yaml';
import { vestibule } from './command.ts';

const personas = resolve(import.meta.dirname, '../../examples/personas');

/** Latencies as they were measured: a final comes a second after the interim words that it confirms. */
describe('interim words and their finals', { timeout: 400_000 }, () => {
  let stack: RunningStack;
  let folder: string;
  /** A persona with that number: another one is offered to go on with the call before. */
  let caller: (number: string, hangsUpAfter: string) => string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'interim-'));
    const plain = parse(readFileSync(join(personas, 'plain.yaml'), 'utf8')) as Record<string, unknown>;
    const questionnaire = relative(folder, resolve(personas, String(plain['questionnaire'])));
    caller = (number, after) => {
      const file = join(folder, `${number}.yaml`);
      const persona = {
        ...plain,
        questionnaire,
        caller: { ...(plain['caller'] as object), number },
        behaviour: { hangsUp: { after } },
      };
      writeFileSync(file, stringify(persona));
      return file;
    };
    stack = await startStack(readEnvironment({ ...process.env, VESTIBULE_AGENTS: '1' }), {
      clock: systemClock,
      signal: AbortSignal.timeout(120_000),
      onEvent: () => undefined,
    });
  });
  after(async () => {
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A call as far as a question, whose recogniser does so. Its record verifies and replays. */
  async function taken(number: string, hangsUpAfter: string, fault: object): Promise<readonly Entry[]> {
    const body = JSON.stringify({ service: 'transcribe', ...fault });
    await fetch(`http://127.0.0.1:${ports.aws.port}/_local/faults`, { method: 'POST', body });
    const entries: Entry[] = [];
    const { manifest } = await takeDemoCall({
      ...stack,
      persona: caller(number, hangsUpAfter),
      clock: systemClock,
      signal: AbortSignal.timeout(150_000),
      onEvent: (event) => event.source === 'log' && entries.push(event.entry),
    });
    for (const act of [['verify'], ['replay', '--redacted']]) {
      const { status, output } = await vestibule('record', act[0]!, manifest.callId, ...act.slice(1));
      assert.equal(status, 0, output);
    }
    return entries;
  }

  const told = (entries: readonly Entry[]) =>
    entries
      .filter(({ header }) => header.kind !== 'partial')
      .map((entry) => {
        const words = (['provisional', 'final', 'said'] as const).flatMap(
          (kind) => payloadOf(entry, kind)?.piiText ?? [],
        );
        return [entry.header.kind, ...words].join(': ');
      })
      .join(' | ');
  const gapsMs = (entries: readonly Entry[]) =>
    entries.flatMap((entry, at) => {
      const final = entries.slice(at).find(({ header }) => header.kind === 'final');
      const isEarly = entry.header.kind === 'provisional' && final !== undefined;
      return isEarly ? [Date.parse(final.header.at) - Date.parse(entry.header.at)] : [];
    });

  test('a plain answer is taken before its final; one that the final contradicts is taken back aloud', async (t) => {
    const entries = await taken('+15550100451', 'full-name', {
      kind: 'other-final',
      like: 'myself',
      words: 'for someone else',
    });
    t.diagnostic(told(entries));
    t.diagnostic(`ms won before the final: ${gapsMs(entries).join(', ')}`);
    assert.ok(gapsMs(entries).length > 0, 'interim words stood');
    const withdrawn = entries.findIndex(({ header }) => header.kind === 'withdrawn');
    assert.deepEqual(payloadOf(entries[withdrawn]!, 'withdrawn'), { linkId: 'caller' });
    const said = entries.slice(withdrawn).flatMap((entry) => payloadOf(entry, 'said')?.piiText ?? []);
    assert.match(said.join(' '), /^Sorry, I misheard you\. I have: .*else/i);
    const inputs = foldCall(entries).inputs as { linkId?: string; value?: unknown }[];
    const callers = inputs.filter(({ linkId }) => linkId === 'caller');
    assert.deepEqual(
      callers.map(({ value }) => value),
      ['For someone else.'],
    );
  });

  test('a final that is late: the caller is told to wait', async (t) => {
    const entries = await taken('+15550100452', 'birth-date', { kind: 'late-final', like: 'name', ms: 4000 });
    t.diagnostic(told(entries));
    const late = entries.find((entry) => payloadOf(entry, 'final')?.piiText.includes('name'))!;
    const lastWordMs = Date.parse(entries[0]!.header.at) + payloadOf(late, 'final')!.endMs;
    const waited = entries.filter(
      (entry) =>
        payloadOf(entry, 'said')?.piiText.startsWith('One moment') &&
        entry.header.seq < late.header.seq &&
        Date.parse(entry.header.at) > lastWordMs,
    );
    assert.equal(waited.length, 1, 'said once, between the last word and its final');
    const ms = Date.parse(waited[0]!.header.at) - lastWordMs;
    t.diagnostic(`“One moment, please.” ${ms} ms after the last word`);
  });
});
