import { onDuty, type Config, type StaffPerson, type StaffReason } from '@vestibule/config';
import { type CallState, type Entry, payloadOf } from '@vestibule/record';
import type { Person } from './types.ts';

const severities = ['emergency', 'urgent', 'concern'] as const;

/** Why a caller is brought to a person; undefined when nobody would be told why. `reason`: of the `hand-over` on the log. */
export function needOf({
  handOver,
  redFlags,
}: Pick<CallState, 'handOver' | 'redFlags'>): StaffReason | undefined {
  const worst = severities.find((one) =>
    redFlags.some(({ severity, action }) => severity === one && action === 'hand-over'),
  );
  switch (handOver) {
    case 'red-flag':
      return worst ?? 'urgent';
    case 'wants-person':
    case 'no-model':
    case 'no-usable-answer':
    case 'patient-only':
      return worst ?? handOver;
    default:
      return undefined;
  }
}

/** Who is on duty for it, in order. */
export function peopleFor(
  { staff, organisation }: Pick<Config, 'staff' | 'organisation'>,
  need: StaffReason,
  atMs: number,
): Person[] {
  return staff ? onDuty(staff, need, atMs, organisation.timezone).map(personOf) : [];
}

const personOf = ({ name, number, transfer, accept, ring }: StaffPerson): Person => ({
  name,
  number,
  mode: transfer,
  accept,
  ringMs: ring * 1000,
});

/** Whoever is named so, on duty or not any more. */
export const personNamed = ({ staff }: Pick<Config, 'staff'>, name: string | undefined): Person | undefined =>
  staff?.onCall.filter((one) => one.name === name).map(personOf)[0];

/** What a worker before this one came to: who was tried in vain, and who is with the caller, or was until they left. */
export interface Earlier {
  tried: ReadonlySet<string>;
  joined: string | undefined;
}

/** Undefined when no transfer has begun. */
export function earlierTransfer(entries: readonly Entry[]): Earlier | undefined {
  const steps = entries.flatMap((entry) => payloadOf(entry, 'transfer') ?? []);
  if (steps.length === 0) return undefined;
  const tried = steps.flatMap(({ step, staff }) =>
    staff !== undefined && (step === 'failed' || step === 'declined') ? [staff] : [],
  );
  const last = steps.at(-1);
  const isJoined = last?.step === 'joined' || last?.step === 'left';
  return { tried: new Set(tried), joined: isJoined ? last.staff : undefined };
}

/** By the log the caller talks to a person: nobody else speaks. */
export const isWithPerson = (entries: readonly Entry[]): boolean =>
  earlierTransfer(entries)?.joined !== undefined;
