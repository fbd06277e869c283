import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from './report.ts';

const item = (name: string, right: boolean) => ({
  item: name,
  right,
  expected: 'x',
  recorded: right ? 'x' : '',
});
const summary = (turnsMs: number[]) => ({
  event: 'summary' as const,
  atMs: 1,
  outcome: 'completed' as const,
  durationMs: 61_000,
  turnsMs,
  turnP50Ms: turnsMs[0]!,
  packets: { sent: 1, received: 1, late: 0 },
});

test('accuracy is over all items, latency over all turns, what was wrong is listed', () => {
  const text = report([
    {
      persona: 'ruth',
      voice: 'rms',
      outcome: 'complete',
      summary: summary([900, 1100]),
      items: [item('name', true), item('date', false)],
    },
    { persona: 'mark', voice: 'awb', outcome: undefined, summary: undefined, items: [item('name', false)] },
  ]);
  assert.match(text, /\*\*1\/3 \(33 %\)\*\* over 2 personas/);
  assert.match(text, /\| ruth \| rms \| complete \| 1\/2 \(50 %\) \| 61 \| – \| – \| 900 \| – \|/);
  assert.match(text, /\| mark \| awb \| no call \| 0\/1 \(0 %\) \|/);
  assert.match(text, /\*\*900\*\* \| \*\*1100\*\*/);
  assert.match(text, /\| ruth \| date \| x \| nothing \|/);
});
