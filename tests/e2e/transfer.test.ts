import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { systemClock } from '@vestibule/core';
import {
  type CallParts,
  openEars,
  type StaffBehaviour,
  type StaffCall,
  type StaffPhones,
  toneFrames,
  toneStart,
} from '@vestibule/local-carrier';
import { header } from '@vestibule/local-telephony';
import {
  heardBy,
  openTelephones,
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
import { type Entry, payloadOf } from '@vestibule/record';

const root = resolve(import.meta.dirname, '../..');
const [busyLine, nurse, otherBusyLine, doctor, office] = staffNumbers;

const press = (digits: string) => ({ after: 'turn', steps: [{ kind: 'keys', digits }] }) as const;
const hangUp = { after: 'turn', steps: [{ kind: 'hangUp' }] } as const;
const answers = (...turns: Extract<StaffBehaviour, { does: 'answers' }>['turns']): StaffBehaviour => ({
  does: 'answers',
  ringMs: 1000,
  turns,
  background: toneFrames(tones.staff),
});
/** Without the tone: whoever listens for words waits for the silence after them. */
const speaks = (...texts: string[]): StaffBehaviour => ({
  does: 'answers',
  ringMs: 1000,
  turns: texts.map((text) => ({ after: 'turn', steps: [{ kind: 'say', text }] })),
});
const busy: StaffBehaviour = { does: 'refuses', status: 486, reason: 'Busy Here' };
const voicemail: StaffBehaviour = {
  does: 'answers',
  ringMs: 500,
  turns: [
    {
      after: 'silence',
      ms: 200,
      steps: [
        {
          kind: 'say',
          text: 'You have reached the voicemail of Doctor Smith and I can not come to the telephone right now so please leave your name and your number after the tone',
        },
      ],
    },
  ],
};

const phrases = [
  'this is the automated assistant of lakeside family clinic with a caller who needs a person',
  'to hear about the call press one or say yes to decline press three',
  'the caller said something that may be an emergency flagged in danger',
  'to take the call press one or say yes to hear this again press two to decline press three',
  'the caller has hung up thank you goodbye',
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

/** Of each telephone that was answered: what was done there, and for how long a voice was heard. Tells a whisper that was lost from one that was not answered. */
const atPhones = ({ staff }: TwoSidedCall) =>
  staff
    .filter(({ wav }) => wav !== undefined)
    .map((phone) => {
      const loud = heardBy(phone).heard.filter((sample) => Math.abs(sample) > 1000).length;
      return `${phone.number} heard ${loud} loud samples, did ${phone.did.map(({ what }) => what).join(', ') || 'nothing'}`;
    })
    .join('; ');

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

const saidIn = ({ entries }: TwoSidedCall) =>
  entries.flatMap((entry) => payloadOf(entry, 'said')?.piiText ?? []).join(' ');

const isStep = (entry: Entry, name: string) => payloadOf(entry, 'transfer')?.step === name;

/** Nobody is left alone on a line whose other side has hung up. */
async function assertEnds(call: StaffCall): Promise<void> {
  const limit = new AbortController();
  const isLate = systemClock.sleep(10_000, limit.signal).then(() => !limit.signal.aborted);
  const late = await Promise.race([isLate, call.ended.then(() => false)]);
  limit.abort();
  assert.ok(!late, 'staff are left on the line');
}

/** Takes a REFER and reports on it by a NOTIFY of each status (RFC 3515). */
const reports =
  (...statuses: string[]): NonNullable<CallParts['onRequest']> =>
  (transaction, request) => {
    transaction.respond({ status: 202, reason: 'Accepted' });
    const headers = (state: string) =>
      [
        ['Event', 'refer'],
        ['Subscription-State', state],
        ['Content-Type', 'message/sipfrag;version=2.0'],
      ] as [string, string][];
    const notify = async () => {
      for (const status of statuses) {
        const isFinal = !status.startsWith('1');
        await request(
          'NOTIFY',
          headers(isFinal ? 'terminated;reason=noresource' : 'active'),
          `SIP/2.0 ${status}\r\n`,
        );
      }
    };
    void notify();
  };

/** Three callers at once, each with staff of their own: one after the other they would take three times as long. */
describe('a caller is brought to a person', { timeout: 600_000, concurrency: 3 }, () => {
  let stack: RunningStack;
  let folder: string;
  let phones: StaffPhones;
  let calls = 0;

  const call = (options: Omit<TwoSidedOptions, 'stack' | 'phones' | 'callerNumber'>) =>
    twoSidedCall({
      stack,
      phones,
      callerNumber: `+155501003${String(calls++).padStart(2, '0')}`,
      ...options,
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-transfer-'));
    const config = writeTransferConfig(root, folder, [
      { ring: 8, takes: ['emergency'] },
      { ring: 8, takes: ['emergency'], accept: 'either' },
      { ring: 8, takes: ['urgent'] },
      { ring: 8, takes: ['urgent'] },
      { ring: 8, takes: ['concern'], transfer: 'cold' },
    ]);
    const environment = { VESTIBULE_CONFIG: config, VESTIBULE_AGENTS: '1', LOCAL_AWS_LATENCY: 'zero' };
    stack = await startStack(readEnvironment({ ...process.env, ...environment }), {
      clock: systemClock,
      signal: AbortSignal.timeout(120_000),
      onEvent: () => undefined,
    });
    phones = await openTelephones('slt');
  });
  after(async () => {
    phones?.close();
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('in an emergency', { concurrency: 1 }, () => {
    const keys = ['1', '1'];

    test('past one who is busy: staff are told first, the caller hears nothing of it, and once the call is taken by key each hears the other', async (t) => {
      const result = await call({
        keys,
        people: { [busyLine]: busy, [nurse]: answers(press('1'), press('1')) },
        hangsUp: (entry) => (isStep(entry, 'joined') ? 6000 : undefined),
      });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.match(
        shown(result),
        /^requested emergency, dialled staff-1, failed staff-1 sip-486, dialled staff-2, .*whispered.*accepted staff-2, joined staff-2$/,
      );
      assertSpokenTo(t, result);
      const staff = result.staff.find(({ wav }) => wav !== undefined);
      await assertEnds(staff!);
      const acceptedAt = transferSteps(result.entries).find(({ step }) => step === 'accepted')!.atMs;
      const there = heardBy(staff!);
      const since = ({ heard, fromMs }: typeof there, hz: number) =>
        Math.round(fromMs + (toneStart(heard, hz) ?? NaN) - acceptedAt);
      const caller = since(there, tones.caller);
      const person = since(result.caller, tones.staff);
      t.diagnostic(`after the key staff hear the caller in ${caller} ms, the caller staff in ${person} ms`);
      assert.ok(caller > 0 && person > 0, 'each hears the other, and not before the call is taken');

      // Before the call was taken, from when staff picked up.
      const meanwhileOf = ({ heard, fromMs }: typeof there) =>
        heard.subarray(
          Math.max(0, Math.floor((staff!.at.answered! - fromMs) * 8)),
          Math.floor((acceptedAt - fromMs) * 8),
        );
      const whispered = await wordsIn(meanwhileOf(there), phrases);
      const meanwhile = await wordsIn(meanwhileOf(result.caller), phrases);
      t.diagnostic(`staff: ${whispered}`);
      t.diagnostic(`caller: ${meanwhile}`);
      assert.match(whispered, /press|emergency|decline/);
      assert.doesNotMatch(meanwhile, /press|emergency|decline/);
    });

    test('a voicemail is told nothing; the next takes the call by word of mouth, and when they hang up so does the caller’s line', async (t) => {
      const result = await call({
        keys,
        people: {
          [busyLine]: voicemail,
          [nurse]: speaks('Yes, please.', 'Yes, I will take the call.', 'Yes.'),
        },
        onEntry: (entry) => {
          if (isStep(entry, 'joined'))
            phones.calls
              .filter(({ number }) => number === nurse)
              .at(-1)
              ?.hangUp();
        },
      });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.match(
        shown(result),
        /answered staff-1, failed staff-1 voicemail, dialled staff-2, .*whispered staff-2, .*joined staff-2$/,
      );
      assertSpokenTo(t, result);
      assert.equal(result.caller.endedBy, 'agent');
      const machine = result.staff.find(({ number }) => number === busyLine);
      const told = await wordsIn(heardBy(machine!).heard, phrases);
      t.diagnostic(`voicemail: ${told}`);
      assert.doesNotMatch(told, /emergency|flagged/);
    });

    test('the caller hangs up while staff are told: staff hear that', async (t) => {
      const result = await call({
        keys,
        people: { [busyLine]: busy, [nurse]: answers(press('1')) },
        hangsUp: (entry) => (isStep(entry, 'whispered') ? 2000 : undefined),
      });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.match(shown(result), /whispered staff-2$/);
      const staff = result.staff.find(({ number }) => number === nurse);
      const told = await wordsIn(heardBy(staff!).heard, phrases);
      t.diagnostic(`staff: ${told}`);
      assert.match(told, /goodbye/);
    });
  });

  describe('urgently', { concurrency: 1 }, () => {
    const keys = ['1', '2', '1'];

    test('nobody can be reached: the caller hears so and of 988, staff find a case', async (t) => {
      const result = await call({ keys, people: { [otherBusyLine]: busy, [doctor]: { does: 'rings' } } });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.match(shown(result), /failed staff-3 sip-486, .*failed staff-4 [\w-]+, exhausted/);
      assertSpokenTo(t, result);
      assert.match(saidIn(result), /could not reach anybody.*9 8 8/);
      const cases = result.entries.flatMap((entry) => payloadOf(entry, 'tool-call') ?? []);
      assert.ok(cases.some(({ name, key }) => name === 'create_case' && key.endsWith('nobody-answered')));
      const { outcome } = result.entries.flatMap((entry) => payloadOf(entry, 'end') ?? []).at(-1)!;
      assert.equal(outcome, 'handed-over');
    });

    test('one declines, one hangs up while they are told: nobody is left, and the caller hears so', async (t) => {
      const result = await call({
        keys,
        people: { [otherBusyLine]: answers(press('3')), [doctor]: answers(press('1'), hangUp) },
      });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.match(shown(result), /declined staff-3, .*whispered staff-4, failed staff-4 hung-up, exhausted/);
      assertSpokenTo(t, result);
      assert.match(saidIn(result), /could not reach anybody/);
    });
  });

  describe('by a cold transfer', { concurrency: 1 }, () => {
    const keys = ['1', '2', '2', '1'];

    test('that is refused: the caller is back with the agent, who says so', async (t) => {
      const referred: string[] = [];
      const result = await call({
        keys,
        people: {},
        onRefer: (transaction) => {
          referred.push(header(transaction.request, 'refer-to') ?? '');
          transaction.respond({ status: 603, reason: 'Decline' });
        },
      });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.equal(shown(result), 'requested concern, dialled staff-5, failed staff-5 sip-603, exhausted');
      assert.deepEqual(referred, [`tel:${office}`]);
      assertSpokenTo(t, result);
    });

    test('that is taken: the caller is with staff, and the call here is over', async (t) => {
      const result = await call({ keys, people: {}, onRefer: reports('100 Trying', '200 OK') });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.equal(shown(result), 'requested concern, dialled staff-5, referred staff-5');
    });

    test('of which nothing more is heard than that it rings: the caller is back, and is told so', async (t) => {
      const result = await call({ keys, people: {}, onRefer: reports('100 Trying', '180 Ringing') });
      t.diagnostic(`${shown(result)}; ${atPhones(result)}`);
      assert.match(shown(result), /^requested concern, dialled staff-5, failed staff-5 [\w-]+, exhausted$/);
      assertSpokenTo(t, result);
    });
  });
});
