import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { systemClock } from '@vestibule/core';
import { parsePersona, type Persona } from '@vestibule/local-carrier';
import { readEnvironment, startStack, takeDemoCall } from '@vestibule/local-stack';
import { findings, identifiersOf } from './caller-data.ts';

const root = resolve(import.meta.dirname, '../..');
const environment = readEnvironment({ ...process.env, VESTIBULE_AGENTS: '1', LOCAL_AWS_LATENCY: 'zero' });
const { log: folder } = environment.folders;

const personas = ['examples/personas/*.yaml', 'bench/faults/persona.yaml']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .map((file): Persona => {
    const { persona } = parsePersona(readFileSync(join(root, file), 'utf8'));
    assert.ok(persona, file);
    return persona;
  });
const identifiers = personas.flatMap(identifiersOf);

/**
 * What may stand in a log all the same, and why; docs/compliance/logs.md says how it is protected. Anything else is a leak.
 */
const exceptions = [
  {
    file: 'livekit.log',
    isAllowed: (kind: string, line: string) => kind === 'number' && /"level":"(error|fatal)"/.test(line),
    reason: 'LiveKit names rooms and SIP participants after the number, and its errors name both',
  },
];

/** The logs of the stack's processes, by name; what `make setup` wrote is older than any call. */
const logs = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.log') && !name.startsWith('setup-'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

const sealedCalls = () =>
  logs()
    .filter(({ name }) => name.startsWith('agent-'))
    .flatMap(({ text }) => text.match(/"message":"call sealed"/g) ?? []).length;

/** The tests before this one have left the logs of their calls; alone, this one takes a call of its own. */
async function takeCallUnlessThereWas(): Promise<void> {
  if (sealedCalls() > 0) return;
  const stack = await startStack(environment, {
    clock: systemClock,
    signal: AbortSignal.timeout(120_000),
    onEvent: () => undefined,
  });
  try {
    const persona = join(root, 'examples/personas/plain.yaml');
    const signal = AbortSignal.timeout(200_000);
    await takeDemoCall({ ...stack, persona, clock: systemClock, signal, onEvent: () => undefined });
  } finally {
    await stack.stop();
  }
}

describe('the logs of a call', { timeout: 290_000 }, () => {
  test('hold nothing of the caller’s: no number, name, birth date or word of theirs', async (t) => {
    await takeCallUnlessThereWas();
    const all = logs();
    t.diagnostic(
      `${sealedCalls()} calls in ${all.length} logs, held against ${identifiers.length} identifiers`,
    );
    assert.ok(sealedCalls() > 0, 'no call was taken');
    const leaks = all.flatMap(({ name, text }) =>
      findings(text, identifiers)
        .filter(({ kind, line }) => !exceptions.some((one) => one.file === name && one.isAllowed(kind, line)))
        .map(({ kind, line }) => `${name}: ${kind}: ${line}`),
    );
    assert.deepEqual(leaks.slice(0, 20), []);
  });
});

const plain = personas.filter(({ caller }) => caller.number === '+15550100123').flatMap(identifiersOf);
for (const line of [
  ...[
    '+15550100123',
    'sip:15550100123@edge',
    '555-010-0123',
    '(555) 010-0123',
    '555 010 0123',
    '%2B1 5550100123',
  ],
  ...['caller Ruth Miller', '"name":"RUTH MILLER"', 'Mrs miller.'],
  ...['1985-03-03', '3/3/1985', '03.03.1985', 'March 3, 1985', 'mar 3rd 1985', '"birth":"19850303"'],
  ...['said: I am allergic to penicillin', 'march third, nineteen eighty five', 'Metformin'],
])
  test(`${line} would be found`, () => assert.equal(findings(`x ${line} y`, plain).length, 1));

test('what is no caller’s is not', () => {
  const lines = [
    '{"time":"2026-11-26T01:12:12.462Z","level":"info","message":"call sealed","callId":"SCL_yYCZIc5MgTGx"}',
    '{"event":"admitted","decision":"69309cc2-40d8-4837-b0a7-9f9273be18fe","number":"+15550100100"}',
    'rtpengine[1795655536.125861] NOTICE: [e383843f2f2c37afad0c7aeda52dedca@0.0.0.0]',
  ];
  assert.deepEqual(findings(lines.join('\n'), identifiers), []);
});
