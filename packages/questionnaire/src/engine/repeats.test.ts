import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';
import { responseFaults } from '../testing/response-faults.ts';
import { questionnaireResponse } from './response.ts';

describe('repeating items', () => {
  test('go on until there is nothing else', () => {
    const call = new Conversation(
      definitionOf(
        shortForm('  - { id: drugs, ask: Which medicines?, type: string, repeats: true, required: true }'),
      ),
    );
    call.say('lisinopril');
    assert.deepEqual(call.step.kind === 'ask' && [call.step.why, call.step.prompt], [
      'more',
      'Anything else?',
    ]);
    call.say('metformin');
    call.say("no that's all");
    assert.equal(call.at, 'complete');
    const drugs = call.state.items['drugs'];
    assert.deepEqual(drugs?.status === 'answered' && drugs.values, ['lisinopril', 'metformin']);
  });
});

describe('a choice of several', () => {
  const one = (options: string) =>
    definitionOf(
      shortForm(`  - { id: what, ask: Which?, options: [${options}], repeats: true, required: true }`),
    );
  const rows: [options: string, words: string, display: string][] = [
    ['milk, eggs, nuts', 'milk and eggs', 'milk; eggs'],
    ['milk, eggs, nuts', 'all of them', 'milk; eggs; nuts'],
    ['milk, eggs, nuts, none of these', 'all of those', 'milk; eggs; nuts'],
    ['milk, eggs', 'both', 'milk; eggs'],
    ['milk, eggs', 'both of them please', 'milk; eggs'],
    ['front damage, rear damage, side damage', 'rear and side damage', 'rear damage; side damage'],
    ['front damage, rear damage, side damage', 'front and rear', 'front damage; rear damage'],
    [
      'front damage, rear damage, side damage',
      'the front, the rear and also the side',
      'front damage; rear damage; side damage',
    ],
    ['milk, eggs, nuts', 'none of those', 'None'],
    ['milk, eggs, nuts', 'None of them.', 'None'],
    ['milk, eggs', 'neither', 'None'],
    ['milk, eggs', 'no', 'None'],
    ['milk, eggs, none', 'none of them', 'none'],
  ];
  for (const [options, words, display] of rows) {
    test(`"${words}" of ${options}: ${display}`, () => {
      const call = new Conversation(one(options));
      call.say(words);
      const known = call.state.items['what'];
      assert.equal(known?.status === 'answered' && known.display, display);
      if (display !== 'None') call.say('no');
      assert.equal(call.at, 'complete');
    });
  }

  for (const [options, words] of [
    ['milk, eggs, nuts', 'both'],
    ['front damage, rear damage', 'not the rear but the side'],
  ] as const) {
    test(`"${words}" of ${options} is asked again`, () => {
      const call = new Conversation(one(options));
      call.say(words);
      assert.equal(call.at, 'ask what');
      assert.equal(call.state.items['what'], undefined);
    });
  }

  test('"none of those" after some is the end of them', () => {
    const call = new Conversation(one('milk, eggs, nuts'));
    call.say('milk');
    call.say('none of those');
    const known = call.state.items['what'];
    assert.deepEqual(known?.status === 'answered' && known.display, 'milk');
    assert.equal(call.at, 'complete');
  });

  test('none is said as such in the response, and may be corrected', () => {
    const call = new Conversation(one('milk, eggs'));
    call.say('neither');
    const meta = { authored: '2026-11-23T00:00:00Z' };
    const response = questionnaireResponse(call.definition, call.state, meta);
    assert.deepEqual(responseFaults(call.definition, response), []);
    assert.match(JSON.stringify(response), /not-applicable/);
    call.answer('what', 'milk');
    const known = call.state.items['what'];
    assert.equal(known?.status === 'answered' && known.display, 'milk');
  });
});
