import type { RegisteredCall } from '../journal/register.ts';
import { attemptOf } from '../log/call-back.ts';

/** The edge admitted a call, or let a call-back out. `at`: when, ms since the epoch, where its log says so. */
export interface Admission {
  decision: string;
  number?: string;
  at?: number;
}

/** A call's record as the archive has it; without `root` its sealing was not finished. */
export interface ArchivedCall {
  callId: string;
  decision?: string;
  root?: string;
}

export type AuditFinding =
  /** The edge let a call in of which there is nothing: neither a record nor a sighting. */
  | { kind: 'missing'; admission: Admission }
  /** Signed for as final, and not in the archive; or what is there has another root. */
  | { kind: 'lost'; call: RegisteredCall }
  /** Seen by a journal, and never signed for as final: it runs still, or nobody has sealed it. */
  | { kind: 'unfinished'; call: RegisteredCall }
  /** In the archive, and not registered as final: its worker died in the seconds between, or it came another way. */
  | { kind: 'unregistered'; record: ArchivedCall }
  /** In the archive or the register, and not let in by the edge as far as its list goes. A call-back need not have come as far as the edge. */
  | { kind: 'unknown-to-edge'; callId: string; decision: string | undefined };

export interface Audited {
  admissions: readonly Admission[];
  registered: readonly RegisteredCall[];
  archived: readonly ArchivedCall[];
  /** Decisions whose calls belong to a neighbouring day. */
  elsewhere?: ReadonlySet<string | undefined>;
}

/**
 * Holds the edge's admissions, the register and the archive of the same days against each other. `sound`: calls that the edge
 * admitted, whose final root is registered and whose record has that root.
 */
export function audit({ admissions, registered: calls, archived, elsewhere = new Set() }: Audited): {
  sound: number;
  findings: AuditFinding[];
} {
  const records = new Map(archived.map((record) => [record.callId, record]));
  const finals = new Set(calls.filter(({ final }) => final).map(({ callId }) => callId));
  const admitted = new Set(admissions.map(({ decision }) => decision));
  const seen = new Set([...calls, ...archived].map(({ decision }) => decision));
  const isLost = ({ callId, root }: RegisteredCall) => records.get(callId)?.root !== root;
  const everywhere = new Map([...archived, ...calls].map(({ callId, decision }) => [callId, decision]));
  const findings: AuditFinding[] = [
    ...admissions
      .filter(({ decision }) => !seen.has(decision) && !elsewhere.has(decision))
      .map((admission) => ({ kind: 'missing' as const, admission })),
    ...calls.filter((call) => call.final && isLost(call)).map((call) => ({ kind: 'lost' as const, call })),
    ...calls
      .filter(({ final, callId }) => !final && records.get(callId)?.root === undefined)
      .map((call) => ({ kind: 'unfinished' as const, call })),
    ...archived
      .filter(({ callId }) => !finals.has(callId))
      .map((record) => ({ kind: 'unregistered' as const, record })),
    ...[...everywhere]
      .filter(
        ([callId, decision]) => !attemptOf(callId) && (decision === undefined || !admitted.has(decision)),
      )
      .map(([callId, decision]) => ({ kind: 'unknown-to-edge' as const, callId, decision })),
  ];
  const sound = calls.filter(
    (call) => call.final && !isLost(call) && call.decision !== undefined && admitted.has(call.decision),
  );
  return { sound: sound.length, findings };
}
