import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prefixWords, speakable } from './speakable.ts';

const rows: readonly [written: string, said: string][] = [
  // Numbering, and what only looks like it.
  ['1a. How are you?', 'How are you?'],
  ['A0100. Facility', 'Facility'],
  ['(2) How are you?', 'How are you?'],
  ['Q12: How are you?', 'How are you?'],
  ['Question 3. How are you?', 'How are you?'],
  ['iv) How are you?', 'How are you?'],
  ['2.1 How are you?', 'How are you?'],
  ['A. How are you?', 'How are you?'],
  ['2.5 mg of it', '2.5 mg of it'],
  ['E. coli', 'E. coli'],
  ['H1N1: have you had it?', 'H1N1: have you had it?'],
  ['Vitamin B12. How much?', 'Vitamin B12. How much?'],
  // Mark-up; a comparison is none.
  ['BMI < 18 or > 25', 'BMI less than 18 or more than 25'],
  ['≥3 drinks', 'at least 3 drinks'],
  ['Black &amp; white', 'Black and white'],
  // What is done with a pen.
  ['Which of these? Check all that apply.', 'Which of these? You can name more than one.'],
  ['Sex (choose one)', 'Sex'],
  ['Do you smoke? Yes/No', 'Do you smoke?'],
  ['[ ] red', 'red'],
  ['Name ........', 'Name'],
  // Signs and short forms.
  ['# of cigarettes', 'number of cigarettes'],
  ['2-6 days', '2 to 6 days'],
  ['Call 555-0123', 'Call 555-0123'],
  ['COVID-19', 'COVID-19'],
  ['how many day(s)', 'how many days'],
  ['his/her name', 'his or her name'],
  ['HIV/AIDS', 'HIV/AIDS'],
  ['breaths/minute', 'breaths per minute'],
  ['Glucose (mg/dL)', 'Glucose (mg per dL)'],
  ['Height (cm)', 'Height, in centimeters'],
  ['Height (cm):', 'Height, in centimeters.'],
  ['Sex (M)', 'Sex (M)'],
  ['N/A', 'not applicable'],
  ['pain relief, e.g. aspirin', 'pain relief, for example aspirin'],
];

describe('a text written for a page, as it is said', () => {
  for (const [written, said] of rows)
    test(`"${written}" is "${said}"`, () => {
      assert.equal(speakable(written), said);
      assert.equal(speakable(said), said, 'said once more, it stays');
    });
});

const prefixes: readonly [prefix: string | undefined, text: string, said: string][] = [
  ['1.', 'Did it help?', ''],
  ['Q2b)', 'Did it help?', ''],
  ['Section 4', 'Did it help?', ''],
  ['Walking:', 'Did it help?', 'Walking'],
  ['Walking', 'Did walking help?', ''],
  [undefined, 'Did it help?', ''],
];

for (const [prefix, text, said] of prefixes)
  test(`of the prefix "${prefix ?? ''}" before "${text}" is said: "${said}"`, () =>
    assert.equal(prefixWords(prefix, text), said));
