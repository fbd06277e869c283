import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures } from './figures.ts';
import { leversOf } from './levers.ts';
import { costsOf, monthOf, trunkMinutesPerCall } from './model.ts';
import { loadPrices, parsePrices } from './prices.ts';
import { costTable, modelOf } from './table.ts';

const figures = Figures.load();
const prices = loadPrices();
const close = (value: number | undefined, expected: number) =>
  assert.ok(Math.abs(value! / expected - 1) < 1e-9, `${value} is not ${expected}`);

test('a month has the minutes of its busy hours, divided by their share of a day', () => {
  const even = figures.with({
    'traffic.busyHourShare': 0.1,
    'traffic.daysPerMonth': 20,
    'call.seconds': 120,
  });
  close(monthOf(even, 10).minutes, 10 * 60 * 10 * 20);
  close(monthOf(even, 10).calls, (10 * 60 * 10 * 20) / 2);
});

test('units: tokens by the million, characters by the million, RTP in gigabytes', () => {
  const even = figures.with({
    ...{ 'traffic.busyHourShare': 0.1, 'traffic.daysPerMonth': 10, 'call.turnsPerMinute': 5 },
    ...{
      'call.promptTokensPerTurn': 1000,
      'call.completionTokensPerTurn': 100,
      'call.charactersPerMinute': 500,
    },
    ...{ 'call.rtpKilobytesPerSecond': 10, 'call.zoneCrossings': 0, 'call.transcribedShare': 0.5 },
    ...{ 'call.fixedCharacters': 0.5 },
  });
  const { components, minutes } = costsOf(prices, even, 10, 'haiku');
  close(minutes, 60_000);
  // 300,000 turns of 1,000 and 100 tokens, at $1.10 and $5.50 a million.
  close(components.get('Bedrock, Claude Haiku 4.5'), 300 * 1.1 + 30 * 5.5);
  // Half of 30 million characters at $16.
  close(components.get('Polly, neural'), 240);
  // Half of 60,000 minutes at 2.4 cents, all in the first step.
  close(components.get('Transcribe, streaming'), 720);
  // 3.6 million seconds of 10 kB: 36 GB at 9 cents.
  close(components.get('Data transfer'), 36 * 0.09);
});

test('the carrier rounds each call up to the next minute', () => {
  close(trunkMinutesPerCall(figures.with({ 'call.seconds': 61 })), 2);
  close(trunkMinutesPerCall(figures.with({ 'call.seconds': 120 })), 2);
});

test('twice the calls cost no more than twice as much, and each price counts', () => {
  const total = (calls: number, of = prices) =>
    [...costsOf(of, figures, calls, 'haiku').components.values()].reduce((a, b) => a + b);
  assert.ok(total(2000) <= 2 * total(1000));
  assert.ok(total(2000) > total(1000));
  const text = (usd: number) =>
    `{ unit: x, usd: ${usd}, basis: vendor, source: "https://vendor.example/", seen: 2026-11-28 }`;
  const unused = [...prices.keys()].filter((name) => {
    const dear = new Map([...prices, ...parsePrices(`${name}: ${text(1e6)}`, 'p')]);
    return total(1000, dear) === total(1000);
  });
  assert.deepEqual(unused, ['novaLiteInput', 'novaLiteOutput']);
});

test('the table is at most 25 lines, and its levers are in order', () => {
  const lines = costTable(prices, figures, 'haiku');
  assert.ok(lines.length <= 25);
  for (const line of lines) assert.ok(line.length <= 150 && !line.includes('NaN'), line);
  const saved = leversOf(prices, figures, 1000, 'haiku').map(({ saves }) => saves);
  assert.deepEqual(
    saved,
    saved.toSorted((a, b) => b - a),
  );
  assert.equal(modelOf('bedrock:amazon.nova-lite-v1:0'), 'novaLite');
});
