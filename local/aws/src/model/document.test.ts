import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContent } from './document.ts';

const found = { passages: [{ text: 'Parking is free. [1] See "the lot".' }] };
const json = JSON.stringify(found);

for (const [title, result] of [
  ['as it stands', json],
  ['in a JSON string', JSON.stringify(json)],
  ['in a string in a string', JSON.stringify(JSON.stringify(json))],
  ['after and before words', `Found this: ${json}\nUse it well [2].`],
  ["as one of MCP's text parts", JSON.stringify([{ type: 'text', text: json }])],
  ['in an MCP result', JSON.stringify({ content: [{ type: 'text', text: json }] })],
  [
    'in an MCP result made a string',
    JSON.stringify(JSON.stringify({ content: [{ type: 'text', text: json }] })),
  ],
] as const) {
  test(`a document ${title}`, () => assert.deepEqual(readContent(result).document, found));
}

for (const [result, text] of [
  ['Open till six [1].', 'Open till six [1].'],
  ['"sunny, 21 degrees"', 'sunny, 21 degrees'],
  [JSON.stringify([{ type: 'text', text: 'sunny' }]), 'sunny'],
  ['"Quoted" words', '"Quoted" words'],
  ['21', '21'],
  ['Results: {"passages":[{"text":"Parking is', 'Results'],
  ['{"passages":[{"text":"Park', ''],
] as const) {
  test(`words: ${result}`, () => assert.deepEqual(readContent(result), { document: undefined, text }));
}

test('an empty list is a document', () => assert.deepEqual(readContent('[]').document, []));
