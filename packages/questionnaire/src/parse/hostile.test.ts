import assert from 'node:assert/strict';
import { test } from 'node:test';
import { today } from '../testing/intake.ts';
import { itemOf, option } from '../testing/items.ts';
import type { SpokenForm } from '../types.ts';
import { parseIsoDay } from './calendar.ts';
import { parseKeyed } from './keys.ts';
import { parseAnswer } from './parse-answer.ts';

const vocabulary =
  "one two ten twenty hundred thousand oh double point half a an the and or no not sorry wait mean at dot com dash of in since ago last next this week month year monday march third christmas am pm quarter past to for ate degrees feet inches milligrams pounds street apartment ohio zip b c s as sam alpha name smith junior with without yes maybe don't know # * 5 5/5/2005 7:30 , . so now was between over more than OH #4".split(
    ' ',
  );
const runs = 2000;

/** The same pseudo-random numbers on every run (Park and Miller). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

const source = numbers(7);
const below = (count: number) => source.next().value % count;
const someWords = () =>
  Array.from({ length: below(15) }, () => vocabulary[below(vocabulary.length)]!).join(' ');
const noise = () => String.fromCodePoint(...Array.from({ length: below(40) }, () => below(0xd7ff)));

const forms: SpokenForm[] = ['free', 'name', 'phone', 'email', 'code', 'duration', 'address'];
const items = [
  itemOf('boolean', { text: 'Have you had chest pain?' }),
  itemOf('integer', { rules: { minimum: 0, maximum: 10 } }),
  itemOf('decimal', { text: 'What is your temperature?' }),
  itemOf('date'),
  itemOf('date', { form: 'partial-date' }),
  itemOf('date', { rules: { minimum: { todayPlus: 0, unit: 'day' } } }),
  itemOf('dateTime'),
  itemOf('time', { rules: { minimum: '08:00:00', maximum: '17:00:00' } }),
  itemOf('quantity', { text: 'How tall are you?', unit: { value: 0, unit: 'inches', code: '[in_i]' } }),
  itemOf('choice', { options: [option('a', 'Morning'), option('b', 'Option two: evening')] }),
  itemOf('string', { form: 'code', rules: { pattern: '[A-Z]{2}[0-9]{4}' } }),
  itemOf('string', { form: 'name', text: 'What is your full name?' }),
  ...forms.map((form) => itemOf('string', { form })),
];

test('no words break a parser, and what it says of them holds together', () => {
  for (let run = 0; run < runs; run++) {
    const item = items[below(items.length)]!;
    const spoken = run % 5 === 0 ? noise() : someWords();
    for (const parsed of [parseAnswer(item, spoken, { today }), parseKeyed(item, spoken, { today })]) {
      if (!parsed.ok) {
        assert.notEqual(parsed.problem, '');
        continue;
      }
      const { confidence = 1, span } = parsed;
      assert.ok(confidence > 0 && confidence <= 1, spoken);
      assert.ok(!span || (span.start >= 0 && span.start <= span.end && span.end <= spoken.length), spoken);
      assert.ok(!parsed.covered || parsed.unused.length === 0, spoken);
    }
  }
});

test('every date, time and number that is taken is one', () => {
  for (let run = 0; run < runs; run++) {
    const spoken = someWords();
    const valueOf = (type: 'date' | 'time' | 'dateTime' | 'decimal') => {
      const parsed = parseAnswer(itemOf(type), spoken, { today });
      return parsed.ok ? parsed.value : undefined;
    };
    const [date, moment, time] = [valueOf('date'), valueOf('dateTime'), valueOf('time')];
    assert.ok(Number.isFinite(valueOf('decimal') ?? 0), spoken);
    if (date !== undefined) assert.ok(parseIsoDay(date as string), spoken);
    if (moment !== undefined) assert.ok(!Number.isNaN(Date.parse(`${moment as string}Z`)), spoken);
    assert.match((time ?? '00:00:00') as string, /^(?:[01]\d|2[0-3]):[0-5]\d:00$/, spoken);
  }
});
