import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { propertiesOf } from './schema.ts';
import { choose, digitsIn, isoDateIn, numberIn, valueFor } from './values.ts';

describe('dates in words', () => {
  for (const [words, iso] of [
    ['March third nineteen eighty five', '1985-03-03'],
    ['the fifth of May, 1980', '1980-05-05'],
    ['December twenty first two thousand and four', '2004-12-21'],
    ['3/7/1971', '1971-03-07'],
    ['July 4th, 1976', '1976-07-04'],
    ['February thirtieth nineteen ninety', undefined],
    ['last week', undefined],
  ] as const) {
    test(words, () => assert.equal(isoDateIn(words), iso));
  }
});

describe('numbers in words', () => {
  for (const [words, value] of [
    ['about forty two', 42],
    ['two hundred and five pounds', 205],
    ['1,250', 1250],
    ['three thousand', 3000],
    ['no idea', undefined],
  ] as const) {
    test(words, () => assert.equal(numberIn(words), value));
  }
});

describe('ids, written and spelled', () => {
  for (const [words, id] of [
    ['Where is my order 12345?', '12345'],
    ['It is A one two three.', 'A123'],
    ['one of my two orders, number AB-77', 'AB-77'],
    ['the first one', undefined],
    ['I have a question', undefined],
  ] as const) {
    test(words, () => assert.equal(digitsIn(words), id));
  }
});

test('a choice is found by its name, by yes and no, or by what it shares', () => {
  assert.equal(choose(['someone-else', 'self'], "it's for someone else"), 'someone-else');
  assert.equal(choose(['yes', 'no'], 'No, not really'), 'no');
  assert.equal(choose(['new_problem', 'refill'], 'I need refills'), 'refill');
  assert.equal(choose(['red', 'blue'], 'green'), undefined);
});

test('values take the form of their schema, also where pydantic and zod wrap it', () => {
  const [flag, day, count, colour] = propertiesOf({
    properties: {
      flag: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
      day: { type: ['string', 'null'], format: 'date' },
      count: { type: 'integer' },
      colour: { oneOf: [{ const: 'red' }, { const: 'blue' }] },
    },
  });
  assert.ok(flag && day && count && colour);
  assert.equal(valueFor(flag, 'Yes I do'), true);
  assert.equal(valueFor(day, 'March third nineteen eighty five'), '1985-03-03');
  assert.equal(valueFor(count, 'seven'), 7);
  assert.equal(valueFor(colour, 'the blue one'), 'blue');
});
