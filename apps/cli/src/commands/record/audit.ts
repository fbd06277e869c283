import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  archivedCalls,
  audit,
  type AuditFinding,
  readRegister,
  type RegisteredCall,
} from '@vestibule/record';
import { CliError } from '../../errors.ts';
import { columns } from '../../terminal.ts';
import { admissionsIn } from './admissions.ts';
import { type RecordDesk, trustAnchor } from './archive.ts';

export interface AuditOptions {
  /** The edge's log. */
  decisions: string;
  /** First and last day, YYYY-MM-DD, UTC. */
  from: string;
  to: string;
  anchor?: string;
}

const dayMs = 86_400_000;
/** What means that a call, or what was signed for one, is gone. */
const grave: ReadonlySet<AuditFinding['kind']> = new Set(['missing', 'lost']);

/**
 * Holds the edge's decisions of some days against the register and the archive. @throws CliError `not-verified` when a call is missing
 * altogether or the register does not verify, `bad-argument` for days or a log that are none.
 */
export async function auditRegister(desk: RecordDesk, options: AuditOptions): Promise<string> {
  const { access, who } = desk;
  const days = daysOf(options);
  const admissions = admittedOn(days, options.decisions);
  const anchor = await trustAnchor(options.anchor, desk);
  await access.append({ who, action: 'examine', granted: true, detail: 'register' });
  const { register, registered, archived, elsewhere } = await readDays(desk, days, anchor);
  const { sound, findings } = audit({ admissions, registered, archived, elsewhere });
  const text = [
    `Register of ${days[0]} to ${days.at(-1)}: ${registered.length} calls in ${register.checkpoints} checkpoints of ${register.workers} workers${register.faults.length === 0 ? ', all signed and in unbroken chains' : ''}.`,
    `The edge admitted ${admissions.length} calls: ${sound} of them have a record with the root that is registered.`,
    ...register.faults.map((fault) => `  REGISTER ${fault}`),
    columns(findings.map(rowOf)).trimEnd(),
  ]
    .filter((line) => line !== '')
    .join('\n');
  const isGrave = register.faults.length > 0 || findings.some(({ kind }) => grave.has(kind));
  if (isGrave) throw new CliError('not-verified', text);
  return `${text}\n`;
}

/** What the register and the archive have of the calls that began on `days`: some of those end, and are signed for, the day after. */
async function readDays({ archive, tenant }: RecordDesk, days: readonly string[], anchor: KeyObject) {
  const [before, after] = [dayFrom(days[0]!, -1), dayFrom(days.at(-1)!, 1)];
  const of = (day: string) => archivedCalls(archive, { tenant, day, anchor });
  const register = await readRegister(archive, { tenant, days: [...days, after], anchor });
  const archived = (await Promise.all(days.map(of))).flat();
  const [own, neighbours] = [
    new Set(archived.map(({ callId }) => callId)),
    new Set((await Promise.all([before, after].map(of))).flat().map(({ callId }) => callId)),
  ];
  const isOwn = ({ callId, at }: RegisteredCall) =>
    own.has(callId) || (!neighbours.has(callId) && at.slice(0, 10) !== after);
  const calls = [...register.calls.values()];
  const elsewhere = new Set(calls.filter((call) => !isOwn(call)).map(({ decision }) => decision));
  return { register, registered: calls.filter(isOwn), archived, elsewhere };
}

const dayFrom = (day: string, days: number) =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

function rowOf(finding: AuditFinding): string[] {
  const row = (call: string | undefined, decision: string | undefined, what: string) => [
    `  ${finding.kind.toUpperCase()}`,
    `call ${call ?? '–'}`,
    `decision ${decision ?? '–'}`,
    what,
  ];
  switch (finding.kind) {
    case 'missing': {
      const { decision, number = '', at } = finding.admission;
      const when = at === undefined ? '' : ` at ${new Date(at).toISOString().slice(0, 19)}Z`;
      return row(undefined, decision, `admitted${when} to ${number}: no record and no sighting`);
    }
    case 'lost': {
      const { callId, decision } = finding.call;
      return row(callId, decision, 'its final root is registered, and the archive has no record with it');
    }
    case 'unfinished': {
      const { callId, decision, at, size } = finding.call;
      return row(callId, decision, `no final root; last seen ${at.slice(0, 19)}Z with ${size} entries`);
    }
    case 'unregistered': {
      const { callId, decision, root } = finding.record;
      const what = root === undefined ? 'no signed end: it was not sealed to its end' : 'sealed';
      return row(callId, decision, `${what}, and its final root is not registered`);
    }
    case 'unknown-to-edge':
      return row(finding.callId, finding.decision, 'the edge’s log has no such admission');
  }
}

function daysOf({ from, to }: AuditOptions): string[] {
  const [first, last] = [from, to].map((day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : NaN));
  if (first === undefined || last === undefined || !(first <= last))
    throw new CliError('bad-argument', `${from} to ${to} are no days (YYYY-MM-DD, the first one first)`);
  const count = Math.round((last - first) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) => dayFrom(from, index));
}

/** An admission without a time counts: the log that is given is of those days then. */
function admittedOn(days: readonly string[], file: string) {
  if (!existsSync(file)) throw new CliError('bad-file', `${file} cannot be read`);
  const admissions = admissionsIn(readFileSync(file, 'utf8'));
  if (admissions.length === 0)
    throw new CliError(
      'bad-file',
      `${file} names no admitted call. Give the edge's log: lines that end in {"event":"admitted","decision":"…"}`,
    );
  return admissions.filter(
    ({ at }) => at === undefined || days.includes(new Date(at).toISOString().slice(0, 10)),
  );
}
