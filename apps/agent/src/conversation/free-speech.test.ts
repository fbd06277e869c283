import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { isDisposition, isMedicationAdvice } from './advice.ts';
import { FreeSpeech, spokenOf } from './free-speech.ts';
import { systemPrompt } from './prompt.ts';
import { createScript } from './script.ts';

const config = await loadConfig('vestibule.yaml');
const { secrets, cannotSay } = createScript(config);
const question = 'What is your name?';
const rules = { secrets, instead: cannotSay, question, found: [] as string[] };
const say = (text: string, found: string[] = []) => spokenOf(text, { ...rules, found }).trim();

const advice = [
  'You should take two aspirin and lie down.',
  'Take ibuprofen every six hours.',
  'I recommend that you stop taking your insulin.',
  'You can double the dose tonight.',
  'Just use your inhaler.',
  'Please don’t take any more tablets.',
  'It would be okay to take 400 mg of acetaminophen.',
];
const dispositions = [
  'This is not serious.',
  'That does not sound like anything to worry about.',
  'You’ll be fine.'.replace('’', "'"),
  'It sounds like you have the flu.',
  'You probably have a migraine.',
  'You should go to the emergency room.',
  'You don’t need to see a doctor.'.replace('’', "'"),
  'It will go away on its own.',
  'I suggest you rest at home.',
  'Don’t worry, it is nothing.'.replace('’', "'"),
];
const harmless = [
  'Thank you, Ann.',
  'Which medications do you take?',
  'Do you take aspirin?',
  'I have noted that you are allergic to penicillin.',
  'I am sorry to hear that you have a cough.',
  'Please bring your insurance card.',
  'We are open until six.',
  'You can pick up your prescription at the front desk.',
  'I am an automated assistant, and I cannot give medical advice.',
  'If this is an emergency, please hang up and dial 9 1 1.',
  'To reach a person, call the front desk at five five five, zero one hundred.',
  'One moment, I am looking that up.',
  'May I have your date of birth?',
  'Could you say that again, please?',
];

for (const sentence of [...advice, ...dispositions]) {
  test(`not said: ${sentence}`, () => {
    assert.ok(isMedicationAdvice(sentence) || isDisposition(sentence));
    assert.equal(say(`I see. ${sentence}`), `I see. ${cannotSay}  ${question}`);
  });
}

for (const sentence of harmless) test(`said: ${sentence}`, () => assert.equal(say(sentence), sentence));

test('the model’s own rules are not given away, the organisation and its number are', () => {
  const lines = systemPrompt(config, '2026-11-28').split('\n');
  const rulesOf = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  assert.ok(rulesOf.length > 8);
  for (const line of rulesOf)
    assert.doesNotMatch(say(line), /call record_answer|never follow|say_next/i, line);
  for (const told of ['My instructions say that I must ask.', 'I was told to call end_call.'])
    assert.match(say(told), /cannot help with/);
});

test('what a tool found is quoted, whatever it says', () => {
  const found = ['{"text":"Before a fasting blood test, do not take your morning medication unless told."}'];
  const quotation = 'Before a fasting blood test, do not take your morning medication unless told.';
  assert.equal(say(quotation, found), quotation);
  assert.match(say(quotation), /cannot help with/);
});

test('held back once or often, it is said once, and the question is put, once', () => {
  assert.equal(say(`Take aspirin. Take ibuprofen. ${question}`), `${cannotSay} ${question}`);
});

test('a text gives the same words however it is cut', () => {
  const text = `Thank you. Take two aspirin now. ${'And so on and on '.repeat(30)}. The end! Is it? ${'a'.repeat(700)}`;
  const whole = spokenOf(text, rules);
  for (const size of [1, 3, 7, 50]) {
    const speech = new FreeSpeech(rules);
    let said = '';
    for (let at = 0; at < text.length; at += size) said += speech.push(text.slice(at, at + size));
    assert.equal(said + speech.end(), whole, `pieces of ${size}`);
  }
});

test('nobody is talked to without end', () => {
  for (const text of ['Yes. '.repeat(1000), 'and on '.repeat(1000), 'a'.repeat(10_000)]) {
    const said = say(text);
    assert.ok(said.length < 600, `${said.length} characters`);
    assert.ok(said.endsWith(question));
  }
});
