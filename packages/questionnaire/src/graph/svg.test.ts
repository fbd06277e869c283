import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionOf, example, shortForm } from '../testing/intake.ts';
import { questionGraph } from './question-graph.ts';
import { graphSvg } from './svg.ts';
import { escapeXml, wrap } from './wrap.ts';

/** Fails unless every element that is opened is closed in order. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, close, name = '', rest = ''] of xml.matchAll(/<(\/?)([a-z]+)((?:[^>"]|"[^"]*")*)>/gi)) {
    if (close === '/') assert.equal(open.pop(), name);
    else if (!rest.endsWith('/')) open.push(name);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(xml.replace(/<[^>]*>/g, ''), /[<]|&(?!(?:amp|lt|gt|quot|#39);)/);
}

test('the picture names questions, conditions, what is required and what is a red flag in words', () => {
  const svg = graphSvg(questionGraph(example('post-discharge.yaml')), ['A note.']);
  assertWellFormed(svg);
  assert.match(
    svg,
    /<title id="title">Questions of Follow-up call after a hospital stay, version 1\.0\.0<\/title>/,
  );
  for (const words of [
    'if fever is yes',
    '7. highest-temperature · number',
    'REQUIRED',
    'RED FLAG severe-pain (urgent)',
    'A note.',
    'listened for in all that is said: chest-pain (emergency)',
    'prefers-color-scheme: dark',
  ])
    assert.ok(svg.includes(words), words);
  assert.equal(svg.match(/marker-end/g)?.length, 4);
});

test('groups are boxes around their items; a coded answer is told by its words', () => {
  const graph = questionGraph(
    definitionOf(
      shortForm(`  - { id: c, ask: "c?", options: [{ code: r, say: bright red }, green] }
  - id: g
    text: More
    type: group
    when: { any: [{ item: c, is: r }, { item: c, answered: false }] }
    items:
      - { id: i, ask: "i?", type: boolean, required: true }
`),
    ),
  );
  const [, group] = graph.nodes;
  assert.equal(group!.kind, 'group');
  assert.deepEqual(group!.when, ['c is “bright red”', 'c is not answered']);
  assert.equal(group!.whenBehavior, 'any');
  assert.deepEqual([group!.items[0]!.number, group!.items[0]!.required], [2, true]);
  assertWellFormed(graphSvg(graph));
});

test('texts that are XML themselves stay texts', () => {
  const graph = questionGraph(example('phq-9.json'));
  const hostile = { ...graph, title: `</title><script>alert("1")</script> & '\u0000` };
  const svg = graphSvg(hostile);
  assertWellFormed(svg);
  assert.doesNotMatch(svg, /<script/);
  assert.equal(escapeXml(`<a b="c">&'\u0001`), '&lt;a b=&quot;c&quot;&gt;&amp;&#39;');
});

test('lines break between words, and within one that is too long', () => {
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrap('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  assert.deepEqual(wrap('one two three four', 5, 2), ['one', 'two…']);
  assert.deepEqual(wrap('', 5), []);
});
