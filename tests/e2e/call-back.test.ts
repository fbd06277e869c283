import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '@vestibule/core';
import { parseWav, type ScriptedTurn, type StaffBehaviour, type StaffPhones } from '@vestibule/local-carrier';
import {
  callBackSteps,
  type CalledBack,
  calledBack,
  openTelephones,
  readEnvironment,
  type RunningStack,
  startStack,
  writeCallBackConfig,
} from '@vestibule/local-stack';
import { type Entry, foldCall, payloadOf } from '@vestibule/record';
import { vestibule } from './command.ts';

const root = resolve(import.meta.dirname, '../..');

const says = (text: string): ScriptedTurn => ({ after: 'turn', steps: [{ kind: 'say', text }] });
/** What is not about speech is keyed: it cannot be misheard. */
const press = (digits: string): ScriptedTurn => ({ after: 'turn', steps: [{ kind: 'keys', digits }] });
const hangsUp: ScriptedTurn = { after: 'turn', steps: [{ kind: 'hangUp' }] };
const hello: ScriptedTurn = { after: 'silence', ms: 400, steps: [{ kind: 'say', text: 'hello?' }] };

/** Consents to the recording and to a call-back, answers the first question, and hangs up at the second. */
const answersOne = [press('1'), press('1'), press('1'), hangsUp];
/** Hangs up at the first. */
const answersNone = [press('1'), press('1'), hangsUp];
const greeting =
  'hi, this is the telephone of the Miller family, we are out in the garden, or have gone to the beach, so please tell us who you are';
const machine: StaffBehaviour = {
  does: 'answers',
  ringMs: 200,
  turns: [
    {
      after: 'silence',
      ms: 400,
      steps: [
        {
          kind: 'say',
          text: greeting,
        },
        { kind: 'tone', hz: 1000, ms: 600 },
      ],
    },
  ],
};
const person: StaffBehaviour = {
  does: 'answers',
  ringMs: 200,
  turns: [hello, says('yes'), press('1'), says('no'), press('1')],
};

const spoken = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => payloadOf(entry, 'said')?.piiText ?? []).join(' ');

/** From the answer until a person was recognised, and until they heard a word. */
function times(entries: readonly Entry[]): Record<string, number> {
  const began = Date.parse(entries[0]?.header.at ?? '');
  const at = (step: string) => {
    const found = entries.find((entry) => payloadOf(entry, 'call-back')?.step === step);
    return Date.parse(found?.header.at ?? '') - began;
  };
  const word = entries.flatMap((entry) => payloadOf(entry, 'played')?.startMs ?? [])[0] ?? NaN;
  return { person: at('person') - at('answered'), word: Math.round(word) - at('answered') };
}

describe('a caller who hung up is called back', { timeout: 300_000 }, () => {
  let stack: RunningStack;
  let folder: string;
  let config: string;
  let phones: StaffPhones;
  /** Two callers at the same time: what is spoken takes its time. */
  let taken: { person: Promise<CalledBack>; machine: Promise<CalledBack> };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-call-back-'));
    config = writeCallBackConfig(root, folder, {
      now: systemClock.now(),
      changes: { pauses: [5], machine: 'leave-word' },
    });
    stack = await startStack(
      readEnvironment({
        ...process.env,
        VESTIBULE_CONFIG: config,
        VESTIBULE_AGENTS: '1',
        LOCAL_AWS_LATENCY: 'zero',
      }),
      { clock: systemClock, signal: AbortSignal.timeout(120_000), onEvent: () => undefined },
    );
    phones = await openTelephones('rms', ['hello?', 'yes', 'no', greeting]);
    const call = (last: number, caller: ScriptedTurn[], telephone: StaffBehaviour) =>
      calledBack({ stack, phones, callerNumber: `+1555010041${last}`, caller, telephone: [telephone] });
    taken = { person: call(1, answersOne, person), machine: call(2, answersNone, machine) };
    await Promise.allSettled(Object.values(taken));
  });
  after(async () => {
    phones?.close();
    await stack?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('they say hello, are asked who they are, and only for what is missing; the record verifies and replays', async (t) => {
    const { attempts, callId, calls, entries } = await taken.person;
    const [attempt = []] = attempts;
    t.diagnostic(`their call: ${callBackSteps(entries).join(', ')}`);
    t.diagnostic(`the call-back: ${callBackSteps(attempt).join(', ')}`);
    t.diagnostic(spoken(attempt));
    t.diagnostic(`ms from the answer: ${JSON.stringify(times(attempt))}`);
    assert.deepEqual(callBackSteps(entries), ['agreed', 'scheduled hung-up']);
    assert.deepEqual(callBackSteps(attempt), ['dialled', 'answered', 'person', 'is-caller']);
    assert.equal(calls.length, 1);
    assert.equal(calls[0]?.number, '+15550100411');
    assert.match(spoken(attempt), /^Hello\. This is the automated assistant of .*, not a person/);
    assert.doesNotMatch(spoken(attempt), /medicines/);
    assert.match(spoken(attempt), /allergies.*smoke/);
    const state = foldCall(attempt);
    assert.equal(state.end?.outcome, 'complete');
    assert.equal(state.earlier?.callId, callId);
    const id = attempt[0]?.header.callId ?? '';
    const proofs = [
      ['record', 'verify', id],
      ['record', 'replay', id, '--redacted'],
    ].map((args) => vestibule(...args, '--config', config));
    for (const { output, status } of await Promise.all(proofs)) assert.equal(status, 0, output);
  });

  test('a machine answers: it is left a word that tells nothing of the intake, and it is tried again', async (t) => {
    const { attempts, callId, calls, entries } = await taken.machine;
    const [attempt = []] = attempts;
    t.diagnostic(`their call: ${callBackSteps(entries).join(', ')}`);
    t.diagnostic(`the call-back: ${callBackSteps(attempt).join(', ')}`);
    assert.match(
      callBackSteps(attempt).join(', '),
      /^dialled, answered, machine [\w-]+, word, scheduled again$/,
    );
    assert.doesNotMatch(spoken(attempt), /medicines|allergies|smoke|questions|record/);
    assert.match(spoken(attempt), /automated assistant of .*returning your call/);
    const heard = parseWav(calls[0]!.wav!).channels[1]!;
    assert.ok(
      heard.some((sample) => Math.abs(sample) > 1000),
      'the machine has our word',
    );
    const listed = await vestibule('call-backs', 'list');
    assert.equal(listed.status, 0, listed.output);
    assert.match(listed.output, new RegExp(`CB2-${callId}`));
    assert.doesNotMatch(listed.output, /15550100412/);
    assert.equal((await vestibule('call-backs', 'cancel', `CB2-${callId}`)).status, 0);
  });
});
