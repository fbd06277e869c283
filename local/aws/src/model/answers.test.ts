import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareOut } from './answers.ts';
import type { Item } from './items.ts';

const pain: Item = { id: 'pain', text: 'How bad is the pain, from zero to ten?', kind: 'number' };
const mood: Item = { id: 'mood', text: 'How do you feel today?', kind: 'text' };
const wound: Item = { id: 'wound', text: 'Is the wound bleeding or open?', kind: 'text' };
const phone: Item = { id: 'phone', text: 'What is your phone number?', kind: 'phone' };
const items = [pain, mood, wound, phone];

/** [what is asked, what is said, what each item gets] */
const rows: readonly (readonly [Item, string, Record<string, string>])[] = [
  [
    pain,
    'Maybe a four. But the wound is bleeding a lot.',
    { pain: 'Maybe a four', wound: 'the wound is bleeding a lot' },
  ],
  [
    mood,
    'Maybe a four. But the wound is bleeding a lot.',
    { mood: 'Maybe a four', wound: 'the wound is bleeding a lot' },
  ],
  [
    mood,
    'Not good. The wound is bleeding. I am tired.',
    { mood: 'Not good. I am tired', wound: 'The wound is bleeding' },
  ],
  [wound, 'The wound is open. It is bleeding.', { wound: 'The wound is open. It is bleeding' }],
  [pain, 'The wound is bleeding a lot.', { wound: 'The wound is bleeding a lot' }],
  [phone, 'Five. Five. One two three.', { phone: 'Five. Five. One two three' }],
  [
    mood,
    'Tired, and my phone number is five five five zero one two three.',
    {
      mood: 'Tired, and my phone number is five five five zero one two three',
      phone: 'five five five zero one two three',
    },
  ],
];

for (const [pending, words, expected] of rows) {
  test(`${pending.id}: ${words}`, () =>
    assert.deepEqual(
      Object.fromEntries(shareOut(words, pending, items, undefined).map(({ item, words }) => [item, words])),
      expected,
    ));
}
