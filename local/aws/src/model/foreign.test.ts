import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { respond } from './index.ts';
import { inShort, request, type ToolFixture, type Turn } from './testing/requests.ts';

const text = { type: 'string' };
const tool = (
  name: string,
  description: string,
  properties: object,
  required = Object.keys(properties),
): ToolFixture => ({ name, description, schema: { type: 'object', properties, required } });

const perField = [
  tool('record_name', "Records the caller's name.", { name: text }),
  tool('record_phone', "Records the caller's phone number.", { phone: text }),
  tool('record_birth_date', 'Use this to record when the user was born.', {
    value: { type: 'string', format: 'date' },
  }),
  tool('record_size', 'Records the shirt size.', { size: { type: 'string', enum: ['small', 'large'] } }),
];
const form = [
  tool('submit_intake', 'Submits the intake form.', { full_name: text, phone_number: text, reason: text }),
];
const orders = [
  tool('lookup_order', 'Look up an order by its id.', { order_id: text }),
  tool('get_opening_hours', 'Get the opening hours of the shop.', {}),
  tool('book_table', 'Books a table in the restaurant.', { name: text, day: text }),
];

const says = (tools: readonly ToolFixture[], ...turns: Turn[]) =>
  inShort(respond(request('You are a helpful voice assistant.', tools, turns)));
const talk = (...lines: string[]): Turn[] =>
  lines.map((line, index) => (index % 2 === 0 ? { agent: line } : { caller: line }));

describe('a tool per field', () => {
  for (const [asked, words, expected] of [
    ['What is your phone number?', "It's 555 010 0123.", 'record_phone{"phone":"555 010 0123"}'],
    ['May I have your name please?', 'Ann Lee.', 'record_name{"name":"Ann Lee"}'],
    ['And when were you born?', 'March third 1985', 'record_birth_date{"value":"1985-03-03"}'],
    ['Which size, small or large?', 'The large one please.', 'record_size{"size":"large"}'],
    ['Please tell me your phone number.', '555 010 0123', 'record_phone{"phone":"555 010 0123"}'],
    ['Hello, how can I help?', 'My name is Ann Lee.', 'record_name{"name":"Ann Lee"}'],
    [
      'Hello, how can I help?',
      'five five five zero one two three',
      'record_phone{"phone":"five five five zero one two three"}',
    ],
    [
      'What is your name?',
      'My name is Ann Lee and my phone number is 555 010 0123.',
      'record_name{"name":"Ann Lee"} + record_phone{"phone":"555 010 0123"}',
    ],
    ['What is your phone number?', 'Yes.', 'I am sorry, I did not understand. What is your phone number?'],
    ['What is your phone number?', 'Can you repeat that?', 'Certainly. What is your phone number?'],
    ['What is your name?', "I'd rather not say.", 'That is all right. What is your phone?'],
    [
      'What is your name?',
      'Where is the moon?',
      'I am sorry, I do not know that. So, to go on. What is your name?',
    ],
    ['Hello, how can I help?', 'I would like to sign up.', 'What is your name?'],
  ] as const) {
    test(`${asked} — ${words}`, () =>
      assert.equal(says(perField, { caller: 'Hi.' }, ...talk(asked, words)), expected));
  }

  test('after one field the next open one is asked', () => {
    const turns = talk('What is your name?', 'Ann Lee.');
    const done: Turn = { tool: 'record_name', input: { name: 'Ann Lee' }, result: 'Name recorded' };
    assert.equal(says(perField, ...turns, done), 'Okay. What is your phone?');
  });
});

describe('a form with many fields', () => {
  const first = talk('How can I help?', 'I need an appointment.');
  const second = [...first, ...talk('What is your full name?', 'Ann Lee.')];
  const third = [...second, ...talk('What is your phone number?', '555 010 0123')];

  test('asks for its fields one by one', () => {
    assert.equal(says(form, ...first), 'What is your full name?');
    assert.equal(says(form, ...second), 'Okay. What is your phone number?');
    assert.equal(says(form, ...third), 'Thanks. What is your reason?');
  });

  test('is called once all were said', () =>
    assert.equal(
      says(form, ...third, ...talk('What is your reason?', 'A cough.')),
      'submit_intake{"full_name":"Ann Lee","phone_number":"555 010 0123","reason":"A cough"}',
    ));

  test('is not called with what was no answer', () =>
    assert.equal(
      says(form, ...second, ...talk('What is your phone number?', 'Hmm.')),
      'Sorry, I did not catch that. What is your phone number?',
    ));

  test('when it must be called, takes what was said', () => {
    const demanded = request('', form, [
      { caller: 'My name is Ann Lee and my phone number is 555 010 0123.' },
    ]);
    const toolChoice = { tool: { name: 'submit_intake' } };
    const reply = respond({ ...demanded, toolConfig: { tools: [], ...demanded.toolConfig, toolChoice } });
    assert.match(inShort(reply), /"full_name":"Ann Lee","phone_number":"555 010 0123"/);
  });
});

describe('tools that look things up or do things', () => {
  for (const [words, expected] of [
    ['Where is my order 12345?', 'lookup_order{"order_id":"12345"}'],
    ['Can you check on order A one two three?', 'lookup_order{"order_id":"A123"}'],
    ['Where is my order?', 'Thank you. What is your order id?'],
    ['When do you open in the morning?', 'get_opening_hours{}'],
    ['I would like to book a table.', 'Thank you. What is your name?'],
    ['I like trains.', 'I see. Is there anything else that I can help you with?'],
  ] as const) {
    test(words, () => assert.equal(says(orders, { caller: words }), expected));
  }

  test('an argument that was asked for', () =>
    assert.equal(
      says(
        orders,
        { caller: 'Where is my order?' },
        ...talk('What is your order id?', "It's one two three four."),
      ),
      'lookup_order{"order_id":"1234"}',
    ));

  test('what was found is said without keys, and its question is closed', () => {
    const turns = [{ caller: 'Where is my order?' }, ...talk('What is your order id?', '1234')];
    const found: Turn = {
      tool: 'lookup_order',
      input: { order_id: '1234' },
      result: { order_id: '1234', status: 'shipped' },
    };
    assert.equal(says(orders, ...turns, found), 'I have this: status shipped.');
  });

  test('beside an intake, when the words hold what it needs', () => {
    const record = tool('record_answer', "Records the caller's answer.", {
      item: { type: 'string', enum: ['name', 'city'] },
      answer: text,
    });
    const turns = talk('What is your name?', 'Where is my order 12345?');
    assert.equal(says([record, ...orders], ...turns), 'lookup_order{"order_id":"12345"}');
  });
});

test('a tool with a free name for the item gets no question as its name', () => {
  const save = tool('save_field', 'Saves the answer to a field.', { field: text, value: text });
  assert.equal(
    says([save], ...talk('What is your phone number?', '555 010 0123')),
    'save_field{"field":"phone_number","value":"555 010 0123"}',
  );
});
