import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@vestibule/core';
import { percentile, type StaffBehaviour, toneFrames, toneStart } from '@vestibule/local-carrier';
import {
  heardBy,
  openTelephones,
  readEnvironment,
  staffNumbers,
  startStack,
  tones,
  transferSteps,
  twoSidedCall,
  writeTransferConfig,
} from '@vestibule/local-stack';
import { payloadOf } from '@vestibule/record';

/**
 * Transfers on the whole stack: seconds from the decision (its entry) to the ringing at staff's telephone, and to both talking; from the key that takes the
 * call until each hears the other; how many failed ones the caller was spoken to after within 3 s, by the sound at their telephone. Each run: the first on the list is busy, the second takes the call
 * after 1 s of ringing, by a key after each of what they are told. `--runs N`.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '10' } } });
const key = { after: 'turn', steps: [{ kind: 'keys', digits: '1' }] } as const;
const people: Record<string, StaffBehaviour> = {
  [staffNumbers[0]]: { does: 'refuses', status: 486, reason: 'Busy Here' },
  [staffNumbers[1]]: {
    does: 'answers',
    ringMs: 1000,
    turns: [key, key],
    background: toneFrames(tones.staff),
  },
};
const spokenWithinMs = 3000;

const folder = mkdtempSync(join(tmpdir(), 'vestibule-transfer-'));
const root = resolve(import.meta.dirname, '../..');
const stack = await startStack(
  readEnvironment({
    ...process.env,
    VESTIBULE_CONFIG: writeTransferConfig(root, folder, [{}, {}]),
    VESTIBULE_AGENTS: '1',
  }),
  { clock: systemClock, signal: AbortSignal.timeout(120_000), onEvent: () => undefined },
);
const phones = await openTelephones('slt');
const figures = {
  ringing: [] as number[],
  talking: [] as number[],
  hearing: [] as number[],
  silences: [] as number[],
};
try {
  for (let run = 0; run < Number(values.runs); run += 1) await oneRun(run);
} finally {
  phones.close();
  await stack.stop();
  rmSync(folder, { recursive: true });
}

async function oneRun(run: number): Promise<void> {
  const { entries, staff, caller } = await twoSidedCall({
    stack,
    phones,
    people,
    callerNumber: `+1555010${String(4000 + run)}`,
    hangsUp: (entry) => (payloadOf(entry, 'transfer')?.step === 'joined' ? 4000 : undefined),
  });
  const steps = transferSteps(entries);
  const requested = steps.find(({ step }) => step === 'requested')?.atMs ?? NaN;
  const second = steps.find(({ step, staff: name }) => step === 'dialled' && name === 'staff-2')?.atMs ?? NaN;
  const joined = steps.find(({ step }) => step === 'joined')?.atMs ?? NaN;
  const phone = staff.find(({ number }) => number === staffNumbers[1]);
  figures.ringing.push((phone?.at.ringing ?? NaN) - second);
  figures.talking.push(joined - requested);
  const accepted = steps.find(({ step }) => step === 'accepted')?.atMs ?? NaN;
  const since = ({ heard, fromMs }: { heard: Int16Array; fromMs: number }, hz: number) =>
    fromMs + (toneStart(heard, hz) ?? NaN) - accepted;
  figures.hearing.push(phone ? since(heardBy(phone), tones.caller) : NaN, since(caller, tones.staff));
  for (const { step, atMs } of steps) {
    if (step !== 'failed') continue;
    const heard = caller.heard.subarray(Math.floor((atMs - caller.fromMs) * 8));
    figures.silences.push(heard.findIndex((sample) => Math.abs(sample) > 1000) / 8);
  }
  process.stderr.write(`run ${run + 1}: ${steps.map(({ step }) => step).join(' ')}\n`);
}

const seconds = (all: readonly number[]) => {
  const sorted = all.filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  return `P50 ${((percentile(sorted, 50) ?? NaN) / 1000).toFixed(2)} s, P95 ${((percentile(sorted, 95) ?? NaN) / 1000).toFixed(2)} s (n ${sorted.length} of ${all.length})`;
};
const inTime = figures.silences.filter((ms) => ms >= 0 && ms <= spokenWithinMs).length;
process.stdout.write(
  [
    `from dialling to staff's telephone ringing: ${seconds(figures.ringing)}`,
    `from the decision to both talking, past one who was busy: ${seconds(figures.talking)}`,
    `from the key that takes the call until each hears the other: ${seconds(figures.hearing)}`,
    `failed transfers after which the caller was spoken to within 3 s: ${inTime} of ${figures.silences.length}`,
    '',
  ].join('\n'),
);
