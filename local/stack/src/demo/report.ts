import type { Latencies } from '@vestibule/local-carrier';
import type { Manifest } from '@vestibule/record';
import type { Terminal } from '../terminal.ts';
import { paint, table, wrap } from '../text.ts';
import type { IntakeRow } from './response-rows.ts';

/** Everything the demo knows once the call is over. */
export interface DemoResult {
  readonly manifest: Manifest;
  readonly rows: readonly IntakeRow[];
  readonly enriched: boolean;
  readonly redFlags: readonly { id: string; severity: string; action: string }[];
  readonly latencies: Latencies;
  /** ms from the command's start to the first ring. */
  readonly firstRingMs?: number;
  readonly files: readonly (readonly [what: string, where: string])[];
  readonly standIns: readonly (readonly [name: string, standsInFor: string])[];
  readonly personas: readonly string[];
}

/** The lines after the call. Pure. */
export function reportLines(result: DemoResult, terminal: Pick<Terminal, 'columns' | 'colour'>): string[] {
  const width = Math.min(terminal.columns, 120);
  const title = (text: string) => ['', ...wrap(text, width).map((line) => paint(terminal, 'bold', line))];
  const list = (text: string) =>
    wrap(text, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
  const { manifest } = result;
  return [
    ...title(
      `Intake: ${manifest.outcome}, ${manifest.items.answered} of ${manifest.items.asked} asked items answered`,
    ),
    ...table(
      ['item', 'question', 'answer'],
      result.rows.map(({ item, question, answer }) => [item, question, answer]),
      { width, weights: [2, 5, 3] },
    ),
    ...title('Red flags'),
    ...(result.redFlags.length === 0
      ? list('none')
      : result.redFlags.flatMap(({ id, severity, action }) => list(`${id} (${severity}) → ${action}`))),
    ...title('Latency'),
    ...latencyLines(result, width),
    ...title('Enrichment'),
    ...list(
      result.enriched
        ? 'done on the S3 event, indexed in OpenSearch'
        : 'not seen within its time: see the log s3-events',
    ),
    ...title('Files'),
    ...result.files.flatMap(([what, where]) => list(`${what}: ${where}`)),
    ...title('Stand-ins (all else was the real program)'),
    ...result.standIns.flatMap(([name, real]) => list(`${name}, for ${real}`)),
    ...title('Call again'),
    ...list('make demo PERSONA=FILE, with one of:'),
    ...wrap(result.personas.join(', '), width - 4).map((line) => `    ${line}`),
    ...list('make up, then: npx vestibule call --persona FILE, or --wav FILE with a recording of your own'),
  ];
}

/** How long things took, to be shown. Pure. */
export function latencyLines(
  { latencies, firstRingMs }: Pick<DemoResult, 'latencies' | 'firstRingMs'>,
  width: number,
): string[] {
  const ms = (value: number | undefined) => (value === undefined ? '–' : `${Math.round(value)} ms`);
  const turns = latencies.turnsMs.map((value, index) => `${index + 1}: ${Math.round(value)}`).join(', ');
  return [
    ...(firstRingMs === undefined ? [] : [`  command → first ring     ${(firstRingMs / 1000).toFixed(1)} s`]),
    `  INVITE → 200 OK          ${ms(latencies.inviteToAnswerMs)}`,
    `  INVITE → agent's voice   ${ms(latencies.inviteToAgentSpeechMs)}`,
    `  turns, P50 / P95         ${ms(latencies.turnP50Ms)} / ${ms(latencies.turnP95Ms)}`,
    ...wrap(turns || 'no turns', width - 4).map((line) => `    ${line}`),
    '  A turn: the last speech frame of the caller to the first of the agent, from RTP at the carrier.',
  ].flatMap((line) => (line.length <= width ? [line] : wrap(line, width - 4).map((part) => `    ${part}`)));
}
