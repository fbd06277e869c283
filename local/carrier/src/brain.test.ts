import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BrainState, newBrain, react, recognise } from './brain.ts';
import { makeMind } from './mind.ts';
import { parsePersona } from './persona.ts';
import { spoken } from './steps.ts';

const { persona } = parsePersona(`
version: 1
caller: { number: "+15550100123" }
consent: yes that is fine
answers:
  name: { says: [ruth alvarez, r u t h alvarez] }
  birth-date: { says: march third nineteen eighty five, onReadBack: no it was march fourth }
  phone: { says: it is, keys: "5550100123" }
  reason: { says: "a cough (pause 900) for two weeks" }
  medicines: { says: metformin, cues: [which medicines do you take, current medication] }
behaviour:
  digressions: [{ on: reason, says: what are your opening hours }]
  asksRepeat: [medicines]
  hangsUp: { after: medicines }
`);
const items = [
  ['name', 'What is your full name?'],
  ['birth-date', 'What is your date of birth?'],
  ['phone', 'What is the best phone number to call you back?'],
  ['reason', 'What is the main reason for your visit?'],
  ['pets', 'Do you have any pets?'],
].map(([id, prompt]) => ({ id: id!, prompts: [prompt!] }));
const mind = makeMind(persona!, items);

const hear = (segments: string | string[], silenceMs = 2000, state: BrainState = newBrain) =>
  react(mind, state, { segments: [segments].flat(), silenceMs });
/** What is done, in words. */
const doing = ({ reaction }: ReturnType<typeof hear>) =>
  reaction?.steps
    .map((step) =>
      step.kind === 'say'
        ? step.text
        : step.kind === 'keys'
          ? `#${step.digits}`
          : step.kind === 'pause'
            ? `(${step.ms})`
            : 'bye',
    )
    .join(' ');
const after = (...turns: string[]) =>
  turns.reduce<BrainState>((state, turn) => hear(turn, 5000, state).state, newBrain);

test('a question heard well is answered at once', () => {
  const result = hear('what is your full name', 600);
  assert.equal(doing(result), 'ruth alvarez');
  assert.deepEqual(result.reaction?.item, 'name');
});

test('a question heard badly is answered only when nothing follows', () => {
  assert.equal(doing(hear('let it air date of', 600)), undefined);
  assert.equal(doing(hear('let it air date of', 1300)), 'march third nineteen eighty five');
});

test('the question at the end of a turn counts, not what was said before it', () => {
  const turn = ['thank you i have your name', 'what is the best phone number to call you back'];
  assert.equal(hear(turn).reaction?.item, 'phone');
});

test('a question asked again gets the next wording', () => {
  assert.equal(
    doing(hear('what is your full name', 2000, after('what is your full name'))),
    'r u t h alvarez',
  );
});

test('digits are keyed after the words, pauses are kept', () => {
  assert.equal(doing(hear('the best phone number to call you back')), 'it is #5550100123');
  const again = hear(
    'what is the main reason for your visit',
    2000,
    after('what is the main reason for your visit'),
  );
  assert.equal(doing(again), 'a cough (900) for two weeks');
});

test('an item without an answer is not known, a sentence without a question is waited for', () => {
  assert.equal(doing(hear('do you have any pets')), "I don't know");
  assert.equal(doing(hear('this is an automated assistant', 3900)), undefined);
  assert.equal(doing(hear('this is an automated assistant', 4000)), 'sorry, could you repeat that?');
});

test('asks back once; an answer without the question repeated is followed by the own answer', () => {
  const asked = hear('what is the main reason for your visit');
  assert.equal(asked.reaction?.why, 'digression');
  assert.equal(doing(hear('we are open from eight to five', 1000, asked.state)), undefined);
  assert.equal(
    doing(hear('we are open from eight to five', 1800, asked.state)),
    'a cough (900) for two weeks',
  );
});

test('asks to repeat once, then answers and hangs up where the persona does', () => {
  const asked = hear('which medicines do you take');
  assert.equal(asked.reaction?.why, 'asksRepeat');
  assert.equal(doing(hear('which medicines do you take', 2000, asked.state)), 'metformin bye');
});

test('a read-back is corrected once where the persona does, then agreed to', () => {
  const state = after('what is your date of birth');
  const first = hear('i heard march third nineteen eighty five is that right', 700, state);
  assert.equal(doing(first), 'no it was march fourth');
  assert.equal(
    doing(hear('march fourth nineteen eighty five is that right', 700, first.state)),
    "yes, that's right",
  );
});

test('a read-back with other numbers is refused, twice at most', () => {
  let state: BrainState = { ...after('what is your date of birth'), spent: ['readBack:birth-date'] };
  for (const wanted of [/^no, that's not right. march third/, /^no/, /^yes, that's right$/]) {
    const result = hear('i heard june tenth nineteen ninety two is that right', 700, state);
    assert.match(doing(result) ?? '', wanted);
    ({ state } = result);
  }
});

test('a read-back of an earlier answer is agreed to', () => {
  const state = after('what is your date of birth', 'what is your full name');
  assert.equal(
    doing(hear('i have march third nineteen eighty five is that right', 700, state)),
    "yes, that's right",
  );
});

test('the question that comes next in the questionnaire needs less to be understood', () => {
  const heard = 'what is the vertigo to curl';
  assert.equal(hear(heard).reaction?.item, undefined);
  assert.equal(hear(heard, 2000, after('what is your date of birth')).reaction?.item, 'phone');
});

test('a read-back whose question was lost is known by its numbers', () => {
  const state = { ...after('what is your date of birth'), spent: ['readBack:birth-date'] };
  assert.equal(doing(hear('right is march third nineteen eighty five', 700, state)), "yes, that's right");
});

test('consent, anything else, hold and farewell have their own answers', () => {
  assert.equal(doing(hear('may we record this call')), 'yes that is fine');
  assert.equal(doing(hear('is there anything else')), "no, that's all");
  assert.equal(doing(hear('one moment please', 30_000)), undefined);
  const farewell = hear('thank you for calling goodbye');
  assert.equal(doing(farewell), 'thank you, goodbye');
  assert.equal(doing(hear('goodbye', 9000, farewell.state)), undefined);
});

test('asked to say it again, says the last answer again', () => {
  assert.equal(
    doing(hear("sorry i didn't catch that", 2000, after('what is your full name'))),
    'r u t h alvarez',
  );
});

test('when nothing is understood for long the person gives up', () => {
  let state = newBrain;
  const said: (string | undefined)[] = [];
  for (let i = 0; i < 6; i += 1) {
    const result = hear('mumble', 4000, state);
    said.push(doing(result));
    ({ state } = result);
  }
  assert.equal(said[2], "I don't know");
  assert.equal(said.at(-1), 'thank you, goodbye bye');
});

test('silence from the start is met with hello', () => {
  assert.equal(hear([], 8000).reaction, undefined);
  assert.equal(hear([], 9000).reaction?.why, 'hello');
});

test('what is being asked is recognised while it is being said', () => {
  assert.equal(recognise(mind, newBrain, ['what is the best phone number'])?.item, 'phone');
  assert.equal(recognise(mind, newBrain, ['thank you'])?.item, undefined);
});

test('pauses are cut out of a text', () => {
  assert.deepEqual(spoken('(pause 100) a (pause 20)b'), [
    { kind: 'pause', ms: 100 },
    { kind: 'say', text: 'a' },
    { kind: 'pause', ms: 20 },
    { kind: 'say', text: 'b' },
  ]);
});
