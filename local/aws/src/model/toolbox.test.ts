import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Toolbox } from './toolbox.ts';

const object = (properties: object) => ({
  json: { type: 'object', properties, required: Object.keys(properties) },
});
const text = { type: 'string' };
const flag = { type: 'boolean' };
const one = (...values: string[]) => ({ type: 'string', enum: values });

/** [name, description, arguments, role] */
type Row = readonly [string, string, object, string];

const toolsets: Record<string, readonly Row[]> = {
  'names that say nothing': [
    [
      'tool_a',
      "Write down the caller's reply to one of the questions.",
      { q: one('x1', 'x2', 'x3'), reply: text },
      'record',
    ],
    ['tool_b', 'Tell whether the caller agrees that the value read back is right.', { ok: flag }, 'confirm'],
    [
      'tool_c',
      'The caller refuses a question or has no idea.',
      { q: one('x1', 'x2', 'x3'), kind: one('refused', 'no-idea') },
      'decline',
    ],
    ['tool_d', 'Hang up.', {}, 'end'],
    [
      'tool_e',
      'Find passages in the handbook that answer what the caller wants to know.',
      { text },
      'search',
    ],
  ],
  'slots of a booking': [
    [
      'set_slot_value',
      'Sets a slot.',
      { slot_name: one('city', 'date', 'guests'), slot_value: text },
      'record',
    ],
    ['confirm_slot', 'Confirms the slot that was just repeated.', { confirmed: flag }, 'confirm'],
    [
      'reject_slot',
      'Caller will not give the slot.',
      { slot_name: one('city', 'date', 'guests') },
      'decline',
    ],
    ['terminate_session', 'Terminates.', {}, 'end'],
    ['kb_query', 'Query the knowledge base.', { q: text }, 'search'],
    ['handoff', 'Hand over to an operator.', {}, 'transfer'],
  ],
  'a help desk': [
    ['create_ticket', 'Create a support ticket', { title: text, body: text }, 'case'],
    ['get_customer', 'Get a customer by phone', { phone: text }, 'person'],
    ['search_docs', 'Search the documentation', { query: text }, 'search'],
    ['endConversation', 'End the conversation', {}, 'end'],
    ['book_flight', 'Books a flight.', { to: one('OSL', 'CDG'), name: text }, 'other'],
  ],
  'one question at a time': [
    ['submit_answer', 'Submit the answer for the current question', { answer: text }, 'record'],
    ['verify_answer', 'Was the read back correct', { correct: flag }, 'confirm'],
    ['skip_question', 'Skip the current question', {}, 'decline'],
    ['repeat_question', 'Could not understand the caller', {}, 'unclear'],
  ],
  'words that tell nothing': [
    ['jot', 'Jot down a reply.', { q: one('a.1', 'a.2', 'b'), r: text }, 'record'],
    ['nod', 'The echo.', { y: flag }, 'confirm'],
    ['leap', 'Onwards.', { r: one('refused', 'no-idea'), q: one('a.1', 'a.2', 'b') }, 'decline'],
    ['shrug', 'Huh.', {}, 'unclear'],
    ['bow', 'Curtain.', { r: one('person-wanted', 'caller-quits') }, 'end'],
  ],
  'the words of a database': [
    ['upsertAnswer', 'Upserts.', { linkId: one('x', 'y'), v: text }, 'record'],
    ['questionnaire_patch', 'Patches.', { matched: flag }, 'confirm'],
    [
      'questionnaire_null',
      'Nulls.',
      { linkId: one('x', 'y'), nullFlavor: one('asked-unknown', 'refused') },
      'decline',
    ],
    ['questionnaire_retry', 'Retries.', {}, 'unclear'],
  ],
  'one record tool': [['questionnaire_put', 'Puts.', { field: one('name', 'dob'), v: text }, 'record']],
  'no intake': [
    ['get_time', 'Gets the time.', {}, 'other'],
    ['play', 'Plays music.', { genre: one('jazz', 'rock'), artist: text }, 'other'],
  ],
  facts: [
    ['intake_put', 'Store one fact the caller stated.', { text, path: one('policy', 'day') }, 'record'],
    [
      'intake_ack',
      'After repeating a fact to the caller, store whether they said it is right.',
      { right: flag },
      'confirm',
    ],
    [
      'intake_drop',
      'The caller will not or cannot provide the fact.',
      { path: one('policy', 'day'), cause: one('will-not', 'cannot') },
      'decline',
    ],
    ['intake_garbled', 'What the caller said made no sense.', {}, 'unclear'],
    ['call_finish', 'Finish this call.', { cause: one('human-wanted', 'caller-quits') }, 'end'],
    ['wiki', 'Look something up in the company wiki.', { text }, 'search'],
  ],
};

for (const [title, rows] of Object.entries(toolsets)) {
  test(`what tools are for: ${title}`, () => {
    const toolbox = new Toolbox(
      rows.map(([name, description, properties]) => ({ name, description, inputSchema: object(properties) })),
    );
    assert.deepEqual(
      toolbox.all.map(({ name, role }) => `${name}: ${role}`),
      rows.map(([name, , , role]) => `${name}: ${role}`),
    );
  });
}
