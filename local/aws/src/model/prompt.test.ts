import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readItems } from './items.ts';
import { readNow } from './prompt.ts';

const ids = ['2', '2.3', '2.3.1', '/54114-4', '/54114-4/54117-7', 'name', 'first-name'];

describe('the current item, among ids that begin with one another', () => {
  for (const [system, item] of [
    ['Current item: 2.3.1 [choice, required]: How often?', '2.3.1'],
    ['Current item: 2.3 [choice]: How bad?', '2.3'],
    ['Current item: 2.3, waiting for the caller to confirm', '2.3'],
    ['The current question is 2.', '2'],
    ['Current item: /54114-4/54117-7 [text]: Where?', '/54114-4/54117-7'],
    ['Current item: /54114-4 [text]: Who?', '/54114-4'],
    ['Current question\n- item: 2.3.1 [choice]\n- question: How often?', '2.3.1'],
    ['Current item: first-name [name]: First name?', 'first-name'],
  ] as const) {
    test(system, () => assert.equal(readNow(system, ids).item, item));
  }

  test('an id that is not among the known ones is not cut down to one', () =>
    assert.equal(readNow('Current item: 2.3.9 [text]: What?', ids).item, undefined));
});

test('each item gets its own line', () => {
  const system = [
    '- /54114-4/54117-7 [text]: Where do your uncles and aunts and cousins live?',
    '- /54114-4 [text]: Who?',
    '- 2.3.1 [choice]: How often in the last two weeks, would you say?',
    '- 2.3 [integer]: How bad?',
    '- first-name [name]: What is the first name of the patient?',
    '- name [name]: What name?',
  ].join('\n');
  assert.deepEqual(
    readItems(system, ids.slice(1)).map(({ id, text }) => `${id} = ${text}`),
    [
      '2.3 = [integer]: How bad?',
      '2.3.1 = [choice]: How often in the last two weeks, would you say?',
      '/54114-4 = [text]: Who?',
      '/54114-4/54117-7 = [text]: Where do your uncles and aunts and cousins live?',
      'name = [name]: What name?',
      'first-name = [name]: What is the first name of the patient?',
    ],
  );
});
