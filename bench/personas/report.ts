import { percentile } from '@vestibule/local-carrier';
import type { Summary } from './carrier.ts';
import type { ItemScore } from './score.ts';

export interface PersonaResult {
  persona: string;
  voice: string;
  /** Of the sealed call; undefined when none was found. */
  outcome: string | undefined;
  summary: Summary | undefined;
  items: readonly ItemScore[];
}

/** Item accuracy and latency, per call and over all, as Markdown. */
export function report(results: readonly PersonaResult[]): string {
  const items = results.flatMap((result) => result.items);
  const turns = results.flatMap(({ summary }) => summary?.turnsMs ?? []);
  const wrong = results.flatMap(({ persona, items: own }) =>
    own.filter(({ right }) => !right).map((item) => ({ persona, ...item })),
  );
  return [
    `Item accuracy: **${share(items)}** over ${results.length} personas (right / asked).`,
    '',
    '| persona | voice | outcome | items right | seconds | INVITE → 200, ms | INVITE → agent, ms | turn P50, ms | turn P95, ms |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(row),
    `| **all** | | | **${share(items)}** | | | | **${percentile(turns, 50) ?? '–'}** | **${percentile(turns, 95) ?? '–'}** |`,
    ...(wrong.length === 0
      ? []
      : [
          '',
          '| persona | item | expected | recorded |',
          '| --- | --- | --- | --- |',
          ...wrong.map(wrongRow),
        ]),
    '',
  ].join('\n');
}

function row({ persona, voice, outcome, summary, items }: PersonaResult): string {
  const cells = [
    persona,
    voice,
    outcome ?? summary?.outcome ?? 'no call',
    share(items),
    summary === undefined ? undefined : Math.round(summary.durationMs / 1000),
    summary?.inviteToAnswerMs,
    summary?.inviteToAgentSpeechMs,
    summary?.turnP50Ms,
    summary?.turnP95Ms,
  ];
  return `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
}

function wrongRow({ persona, item, expected, recorded }: ItemScore & { persona: string }): string {
  return `| ${[persona, item, expected, recorded === '' ? 'nothing' : recorded].join(' | ')} |`;
}

function share(items: readonly ItemScore[]): string {
  const right = items.filter((item) => item.right).length;
  return items.length === 0
    ? '–'
    : `${right}/${items.length} (${Math.round((100 * right) / items.length)} %)`;
}
