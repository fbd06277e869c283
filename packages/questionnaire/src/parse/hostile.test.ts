import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { today } from '../testing/intake.ts';
import { itemOf, option } from '../testing/items.ts';
import type { SpokenForm } from '../types.ts';
import { parseKeyed } from './keys.ts';
import { parseAnswer } from './parse-answer.ts';

const vocabulary =
  "one two ten twenty hundred thousand oh double point half a an the and or no not sorry wait mean at dot com dash of in since ago last next this week month year monday march third christmas am pm quarter past to for ate degrees feet inches milligrams pounds street apartment ohio zip b c s as sam alpha name smith junior with without yes maybe don't know # * 5 5/5/2005 7:30 , . so now was between over more than OH #4".split(
    ' ',
  );
const words = fc.array(fc.constantFrom(...vocabulary), { maxLength: 14 }).map((some) => some.join(' '));
const said = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 40 }));

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
  fc.assert(
    fc.property(fc.constantFrom(...items), said, (item, spoken) => {
      for (const parsed of [parseAnswer(item, spoken, { today }), parseKeyed(item, spoken, { today })]) {
        if (!parsed.ok) {
          assert.notEqual(parsed.problem, '');
          continue;
        }
        const { confidence = 1, span } = parsed;
        assert.ok(confidence > 0 && confidence <= 1);
        assert.ok(!span || (span.start >= 0 && span.start <= span.end && span.end <= spoken.length));
        assert.ok(!parsed.covered || parsed.unused.length === 0);
      }
    }),
    { numRuns: 3000, seed: 7 },
  );
});

test('every date, time and number that is taken is one', () => {
  fc.assert(
    fc.property(words, (spoken) => {
      const valueOf = (type: 'date' | 'time' | 'dateTime' | 'decimal') => {
        const parsed = parseAnswer(itemOf(type), spoken, { today });
        return parsed.ok ? parsed.value : undefined;
      };
      assert.ok(!Number.isNaN(Number(valueOf('decimal') ?? 0)));
      assert.ok(!Number.isNaN(Date.parse(String(valueOf('date') ?? today))));
      assert.ok(!Number.isNaN(Date.parse(`${String(valueOf('dateTime') ?? `${today}T00:00:00`)}Z`)));
      assert.match(String(valueOf('time') ?? '00:00:00'), /^(?:[01]\d|2[0-3]):[0-5]\d:00$/);
    }),
    { numRuns: 2000, seed: 7 },
  );
});
