import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { systemClock } from '@vestibule/core';
import { openEars, parseWav, type StaffBehaviour, toneFrames, toneStart } from '@vestibule/local-carrier';
import { header } from '@vestibule/local-telephony';
import {
  readEnvironment,
  type RunningStack,
  staffNumbers,
  startStack,
  tones,
  transferSteps,
  type TwoSidedCall,
  twoSidedCall,
  type TwoSidedOptions,
  writeTransferConfig,
} from '@vestibule/local-stack';
import { payloadOf } from '@vestibule/record';

const root = resolve(import.meta.dirname, '../..');
const [first, second] = staffNumbers;

/** A person who takes the call by key, after each of what they are told. */
const takes = (): StaffBehaviour => ({
  does: 'answers',
  ringMs: 2000,
  turns: [
    { after: 'turn', steps: [{ kind: 'keys', digits: '1' }] },
    { after: 'turn', steps: [{ kind: 'keys', digits: '1' }] },
  ],
  background: toneFrames(tones.staff),
});
const busy: StaffBehaviour = { does: 'refuses', status: 486, reason: 'Busy Here' };

const phrases = [
  'this is the automated assistant of lakeside family clinic with a caller who needs a person',
  'to hear about the call press one or say yes to decline press three',
  'the caller said something that may be an emergency flagged in danger',
  'to take the call press one or say yes to hear this again press two to decline press three',
  'i am still trying to reach a person for you please stay on the line',
  'i could not reach them i am trying somebody else please stay on the line',
  'you are connected now i leave you to it',
];

async function wordsIn(samples: Int16Array, phrases: readonly string[]): Promise<string> {
  const ears = await openEars(phrases);
  const texts = new Map<number, string>();
  ears.onHeard = ({ segment, text }) => texts.set(segment, text);
  ears.hear(samples);
  await ears.finish();
  await ears.close();
  return [...texts.values()].join(' ');
}

const shown = ({ entries }: TwoSidedCall) =>
  transferSteps(entries)
    .map(({ step, staff, code }) => [step, staff, code].filter(Boolean).join(' '))
    .join(', ');

/** After each failure the caller hears a voice within 3 s, by the sound that reached them. */
function assertSpokenTo(t: TestContext, { entries, caller }: TwoSidedCall): void {
  for (const { step, atMs, code } of transferSteps(entries)) {
    if (step !== 'failed') continue;
    const from = Math.floor((atMs - caller.fromMs) * 8);
    const after = caller.heard.subarray(from, from + 24_000);
    const at = after.findIndex((sample) => Math.abs(sample) > 1000);
    t.diagnostic(`${code}: spoken to after ${Math.round(at / 8)} ms`);
    assert.ok(at >= 0, `silence for 3 s after ${code}`);
  }
}

describe('a caller is brought to a person', { timeout: 600_000 }, () => {
  let stack: RunningStack;
  let folder: string;
  let calls = 0;

  const start = async (changes: Parameters<typeof writeTransferConfig>[2]) => {
    const config = writeTransferConfig(root, folder, changes);
    stack = await startStack(
      readEnvironment({
        ...process.env,
        VESTIBULE_CONFIG: config,
        VESTIBULE_AGENTS: '1',
        LOCAL_AWS_LATENCY: 'zero',
      }),
      { clock: systemClock, signal: AbortSignal.timeout(120_000), onEvent: () => undefined },
    );
  };
  const call = (options: Omit<TwoSidedOptions, 'stack' | 'callerNumber'>) =>
    twoSidedCall({ stack, callerNumber: `+155501003${String(calls++).padStart(2, '0')}`, ...options });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-transfer-'));
    const takes = ['emergency'];
    await start([
      { ring: 8, takes },
      { ring: 8, takes },
      { transfer: 'cold', takes: ['concern'] },
    ]);
  });
  after(async () => {
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('past one who is busy: staff are told first, the caller hears nothing of it, and once the call is taken by key each hears the other', async (t) => {
    const result = await call({
      people: { [first]: busy, [second]: takes() },
      hangsUp: (entry) => (payloadOf(entry, 'transfer')?.step === 'joined' ? 6000 : undefined),
    });
    t.diagnostic(shown(result));
    assert.match(
      shown(result),
      /^requested emergency, dialled staff-1, failed staff-1 sip-486, dialled staff-2, .*whispered.*accepted staff-2, joined staff-2$/,
    );
    assertSpokenTo(t, result);
    const staff = result.staff.find(({ wav }) => wav !== undefined);
    const acceptedAt = transferSteps(result.entries).find(({ step }) => step === 'accepted')!.atMs;
    const heardByStaff = parseWav(staff!.wav!).channels[1]!;
    const since = (samples: Int16Array, fromMs: number, hz: number) =>
      Math.round(fromMs + (toneStart(samples, hz) ?? NaN) - acceptedAt);
    const caller = since(heardByStaff, staff!.at.answered!, tones.caller);
    const person = since(result.caller.heard, result.caller.fromMs, tones.staff);
    t.diagnostic(`after the key staff hear the caller in ${caller} ms, the caller staff in ${person} ms`);
    assert.ok(caller > 0 && person > 0, 'each hears the other, and not before the call is taken');

    const before = Math.floor((acceptedAt - staff!.at.answered!) * 8);
    const whispered = await wordsIn(heardByStaff.subarray(0, before), phrases);
    const from = Math.floor((staff!.at.answered! - result.caller.fromMs) * 8);
    const meanwhile = await wordsIn(result.caller.heard.subarray(from, from + before), phrases);
    t.diagnostic(`staff: ${whispered}`);
    t.diagnostic(`caller: ${meanwhile}`);
    assert.match(whispered, /press|emergency|decline/);
    assert.doesNotMatch(meanwhile, /press|emergency|decline/);
  });

  test('nobody can be reached: the caller hears so and of 911, staff find a case', async (t) => {
    const result = await call({ people: { [first]: busy, [second]: { does: 'rings' } } });
    t.diagnostic(shown(result));
    assert.match(shown(result), /failed staff-1 sip-486, .*failed staff-2 [\w-]+, exhausted/);
    assertSpokenTo(t, result);
    const last = result.entries.flatMap((entry) => payloadOf(entry, 'said') ?? []).at(-1);
    const words = result.entries.flatMap((entry) => payloadOf(entry, 'said')?.piiText ?? []).join(' ');
    assert.match(words, /could not reach anybody.*9 1 1/, last?.piiText);
    const cases = result.entries.flatMap((entry) => payloadOf(entry, 'tool-call') ?? []);
    assert.ok(cases.some(({ name, key }) => name === 'create_case' && key.endsWith('nobody-answered')));
    assert.equal(
      result.entries.flatMap((entry) => payloadOf(entry, 'end') ?? []).at(-1)?.outcome,
      'handed-over',
    );
  });

  test('a cold transfer that is refused: the caller is back with the agent, who says so', async (t) => {
    const referred: string[] = [];
    const result = await call({
      people: {},
      keys: ['1', '2', '1'],
      onRefer: (transaction) => {
        referred.push(header(transaction.request, 'refer-to') ?? '');
        transaction.respond({ status: 603, reason: 'Decline' });
      },
    });
    t.diagnostic(shown(result));
    assert.equal(shown(result), 'requested concern, dialled staff-3, failed staff-3 sip-603, exhausted');
    assert.deepEqual(referred, [`tel:${staffNumbers[2]}`]);
    assertSpokenTo(t, result);
  });
});
