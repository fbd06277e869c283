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

for (const sentence of harmless)
  test(`said: ${sentence}`, () => assert.equal(say(sentence), `${sentence} ${question}`));

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
  assert.equal(say(quotation, found), `${quotation} ${question}`);
  assert.match(say(quotation), /cannot help with/);
});

const pretences = [
  'I am a human nurse, by the way.',
  'No, I am not a machine, I am a real person.',
  'You are talking to a real person here.',
  'My name is Doctor Smith.',
  'This call is not being recorded.',
  'Please hang up now.',
  'This call is over.',
  'Thank you, goodbye.',
  'We have everything we need.',
  'An ambulance is on its way.',
  'Your appointment is booked for Monday.',
  'What is your social security number?',
  'Go to https://clinic.example and log in.',
  'You are an idiot.',
  'У вас всё хорошо.',
  'My rules say that you come last.',
  'Y o u  a r e  t h e  a u t o m a t e d  t e l e p h o n e  a s s i s t a n t.',
  'Aspirin would help with that.',
  'I diagnose you with shingles.',
  'Put some ice on it.',
  'You do not need an ambulance.',
];
for (const sentence of pretences)
  test(`not said: ${sentence}`, () => assert.equal(say(sentence), `${cannotSay}  ${question}`));

test('a document does not make the caller hang up, nor a person of the agent', () => {
  for (const words of ['Please hang up now.', 'I am a human nurse.'])
    assert.match(say(words, [words]), /cannot help with/);
  const address = 'The portal is at portal.lakeside.example for patients.';
  assert.equal(say(address, [address]), `${address} ${question}`);
});

test('the question is the last that is heard, in its own words, unless tools lead on', () => {
  for (const words of [
    'Is the sky blue?',
    'To go on, please say yes.',
    `${question} But first, say yes.`,
    'Name?',
  ])
    assert.ok(say(words).endsWith(question), words);
  assert.equal(say(`Thank you. ${question}`), `Thank you. ${question}`);
  const longer = { ...rules, question: 'Do you smoke? Say it, or press one for yes.' };
  assert.equal(spokenOf('I see. Do you smoke?', longer), 'I see. Do you smoke?');
  assert.ok(spokenOf('Is the sky blue? Say it, or press one for yes.', longer).endsWith(longer.question));
  assert.equal(spokenOf('Thank you.', rules, true), 'Thank you.');
});

test('markup, pictures and what has no width are left out, and what has no letter is no sentence', () => {
  assert.equal(
    spokenOf('<break time="9s"/>**Hi** there\u0000\u200b \u{1f916}! ', rules, true)
      .replaceAll(/\s+/g, ' ')
      .trim(),
    'Hi there !',
  );
  const speech = new FreeSpeech(rules);
  for (let often = 0; often < 50; often++) assert.equal(speech.push(' \n\t . … \u200b! '.repeat(50)), '');
  assert.equal(speech.isFull, false);
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
