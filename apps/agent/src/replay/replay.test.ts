import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { type Definition, loadQuestionnaire } from '@vestibule/questionnaire';
import { type Entry, payloadOf, redactEntry } from '@vestibule/record';
import { isDecision } from './decisions.ts';
import { withoutCallerData } from './difference.ts';
import { obstacleIn } from './obstacle.ts';
import { type Divergence, replay } from './replay.ts';
import { RecordedCall } from './testing/recorded-call.ts';

const config = await loadConfig('vestibule.yaml');
const text = `
id: three
url: https://vestibule.example/fhir/Questionnaire/three
title: Three questions
version: '1'
items:
  - { id: pain, ask: Do you have chest pain?, type: boolean, required: true, redFlag: { severity: urgent, action: create-case, is: yes, script: A nurse is told., phrases: [chest hurts] } }
  - { id: name, ask: What is your name?, type: string, form: name, required: true, readBack: always }
  - { id: when, ask: Morning or evening?, type: choice, required: true, options: [{ say: morning }, { say: evening }] }
`;
const definitionOf = (source: string): Definition => {
  const { definition, faults } = loadQuestionnaire(source, 'three.yaml');
  assert.ok(definition, JSON.stringify(faults));
  return definition;
};
const definition = definitionOf(text);
const record = (item: string, answer: string): [string, object] => ['record_answer', { item, answer }];

/** Consent and first answer at once, a red flag's phrase, a read-back corrected, a look-up, keys, silence, a take-over. */
async function wholeCall(): Promise<readonly Entry[]> {
  const call = await RecordedCall.begin(config, definition);
  await call.says('um', '', ['not_understood', {}]);
  await call.says('yes and no my chest hurts', '', record('recording-consent', 'yes'), record('pain', 'yes'));
  await call.looksUp('until when are you open', 'We are open until six. What is your name?');
  await call.says('Ann Miller as ever', 'Thank you. ', record('name', 'Ann Miller'));
  await call.says('us', '', ['confirm_read_back', { correct: false }]);
  await call.says('no, Ann Mueller', '', [
    'confirm_read_back',
    { correct: false, correction: 'Ann Mueller' },
  ]);
  await call.takeOver();
  await call.keys('1');
  await call.silence();
  const stumble: [string, object][] = [record('when', 'purple'), ['no_such_tool', {}]];
  await call.stumbles('in the purple', 'Is it the morning or the evening?', 'Let me see.', ...stumble);
  await call.says('in the morning', '', record('when', 'morning'), ['record_answer', { item: 'none' }]);
  return call.end();
}

const whole = await wholeCall();
const decided = (entries: readonly Entry[], kind: string) =>
  entries.filter(({ header }) => header.kind === kind).length;

async function divergence(entries: readonly Entry[], rules = definition): Promise<Divergence> {
  const { divergence: found } = await replay(entries, { config, definition: rules });
  assert.ok(found, 'no divergence');
  return found;
}

/** The record with the payload of its first entry of `kind` that fits changed, as a forger with the key would. */
function changed(kind: string, change: (payload: never) => unknown, fits = (_: string) => true) {
  const index = whole.findIndex((one) => one.header.kind === kind && fits(JSON.stringify(one.payload)));
  assert.notEqual(index, -1);
  const entry = whole[index]!;
  return { seq: index, entries: whole.with(index, { ...entry, payload: change(entry.payload as never) }) };
}

test('a whole call replays clean: consent, answers, a red flag, a read-back, a look-up, keys, silence, a take-over', async () => {
  const { divergence: found, same, sameVersions } = await replay(whole, { config, definition });
  assert.equal(found, undefined, JSON.stringify(found));
  assert.deepEqual([decided(whole, 'consent'), decided(whole, 'red-flag')], [1, 1]);
  assert.equal(same.decisions, decided(whole, 'answer') + 2);
  assert.equal(same.sentences, decided(whole, 'said'));
  assert.ok(same.decisions >= 9 && same.sentences >= 20, JSON.stringify(same));
  assert.equal(same.workers, 2);
  assert.deepEqual(sameVersions, { questionnaire: true, prompts: true });
});

test('what an encoder found replays without it: the caller is asked before anything fires', async () => {
  const asking = definitionOf(text.replace('items:', 'redFlags: [{ use: breathing }]\nitems:'));
  const call = await RecordedCall.begin(config, asking);
  await call.says('yes', '', record('recording-consent', 'yes'));
  await call.means('I am a fish on the land', 'breathing');
  assert.match(call.question, /breath/);
  assert.equal(decided(call.entries, 'red-flag'), 0);
  const { divergence: found, same } = await replay(call.entries, { config, definition: asking });
  assert.equal(found, undefined, JSON.stringify(found));
  assert.equal(same.decisions, decided(call.entries, 'consent') + decided(call.entries, 'answer'));
  const dumb = call.entries.filter((one) => payloadOf(one, 'output')?.purpose === undefined);
  assert.equal((await replay(dumb, { config, definition: asking })).divergence?.kind, 'answer');
});

test('each output is on the log before the answers that it gave', () => {
  const kinds = whole.map(({ header }) => header.kind);
  for (const [index, kind] of kinds.entries()) {
    if (kind !== 'answer' || !JSON.stringify(whole[index]?.payload).includes('model-tool')) continue;
    assert.equal(
      kinds.slice(0, index).findLast((one) => one === 'prompt' || one === 'output'),
      'output',
    );
  }
});

for (const [what, from, to, kind, path] of [
  ['a question put otherwise', 'What is your name?', 'Say your name.', 'said', 'piiText'],
  ['a read-back no more', 'readBack: always', 'readBack: never', 'answer', 'piiEvents.0.confirmed'],
  ['a red flag’s phrase no more', 'phrases: [chest hurts]', 'phrases: [jaw hurts]', 'answer', ''],
  ['a red flag’s script', 'A nurse is told.', 'Call 9 1 1.', 'answer', 'piiEvents.0.script'],
  ['an option more', '{ say: evening }', '{ say: evening }, { say: purple }', 'said', 'piiText'],
] as const) {
  test(`under other rules the first other decision is found: ${what}`, async () => {
    const found = await divergence(whole, definitionOf(text.replace(from, to)));
    assert.deepEqual([found.kind, found.path.join('.')], [kind, path], JSON.stringify(found));
    const { sameVersions } = await replay(whole, {
      config,
      definition: definitionOf(text.replace(from, to)),
    });
    assert.deepEqual(sameVersions, { questionnaire: false, prompts: true });
  });
}

test('other words of the agent’s are found where they were said', async () => {
  const organisation = { ...config.organisation, name: 'Another Clinic' };
  const other = { ...config, organisation };
  const { divergence: found } = await replay(whole, { config: other, definition });
  assert.match(String(found?.recorded), /Lakeside/);
  assert.match(String(found?.replayed), /Another Clinic/);
  assert.equal(whole[found?.seq ?? -1]?.header.kind, 'said');
});

test('one changed answer on record is the first divergence', async () => {
  const { seq, entries } = changed(
    'answer',
    (payload: { piiEvents: object[] }) => ({
      ...payload,
      piiEvents: payload.piiEvents.map((event) => ({ ...event, display: 'Ann Miller-Smith' })),
    }),
    (payload) => payload.includes('"Ann Mueller"'),
  );
  const found = await divergence(entries);
  assert.deepEqual([found.seq, found.kind, found.path.join('.')], [seq, 'answer', 'piiEvents.0.display']);
  assert.deepEqual([found.recorded, found.replayed], ['Ann Miller-Smith', 'Ann Mueller']);
  const hidden = withoutCallerData(found);
  assert.doesNotMatch(JSON.stringify(hidden), /Ann/);
  assert.equal(hidden.path.join('.'), 'piiEvents.0.display');
});

test('a changed consent, red flag, sentence and outcome are', async () => {
  const changes = [
    changed('consent', (payload: object) => ({ ...payload, recording: false })),
    changed('red-flag', (payload: object) => ({ ...payload, severity: 'concern' })),
    changed('said', (payload: object) => ({ ...payload, piiText: 'You are well.' })),
    changed('end', (payload: object) => ({ ...payload, outcome: 'handed-over' })),
  ];
  for (const { seq, entries } of changes) assert.equal((await divergence(entries)).seq, seq);
});

test('a decision that is missing is found at the next one, one too many at its own place', async () => {
  const at = whole.findIndex(({ header }) => header.kind === 'red-flag');
  const next = whole.findIndex((entry, index) => index > at && isDecision(entry));
  assert.equal((await divergence(whole.toSpliced(at, 1))).seq, whole[next]?.header.seq);
  const twice = await divergence(whole.toSpliced(at + 1, 0, whole[at]!));
  assert.deepEqual([twice.kind, twice.replayed], ['red-flag', undefined]);
});

test('a sentence of the agent’s that is left out without a reason is found', async () => {
  const at = whole.findIndex(({ payload }) =>
    JSON.stringify(payload).includes('"piiText":"A nurse is told.'),
  );
  const found = await divergence(whole.toSpliced(at, 1));
  assert.deepEqual([found.kind, found.replayed], ['said', 'A nurse is told.']);
});

test('a call that went on without a model, over a take-over, replays too', async () => {
  const call = await RecordedCall.begin(config, definition);
  await call.asks('yes');
  await call.modelBreaksDown();
  await call.asks('no');
  await call.asks('my name is Ann Miller');
  await call.takeOver();
  await call.keys('1');
  await call.asks('whenever it suits');
  await call.asks('the morning then I suppose');
  const entries = await call.end();
  const { divergence: found } = await replay(entries, { config, definition });
  assert.equal(found, undefined, JSON.stringify(found));
  assert.deepEqual(payloadOf(entries.at(-1)!, 'end')?.outcome, 'complete');
  assert.equal(decided(entries, 'prompt'), 0);
});

test('what a worker decided last and never wrote is no divergence when the call was ended in its place', async () => {
  const isLookUp = (entry: Entry) => JSON.stringify(entry.payload).includes('search_knowledge');
  const acts = (entry: Entry) => (payloadOf(entry, 'output')?.toolCalls.length ?? 0) > 0;
  const at = whole.findLastIndex((entry) => acts(entry) && !isLookUp(entry));
  const end = whole.at(-1)!;
  const ended = (by: string) => [
    ...whole.slice(0, at + 1),
    { ...end, payload: { outcome: 'partial', by, durationMs: 1 } },
  ];
  const options = { config, definition };
  assert.equal((await replay(ended('fault'), options)).divergence, undefined);
  assert.equal((await replay(ended('caller'), options)).divergence?.kind, 'end');
});

test('what cannot be replayed is said, with its reason', () => {
  assert.equal(obstacleIn(whole), undefined);
  assert.match(obstacleIn(whole.map(redactEntry)) ?? '', /redacted/);
  const bare = whole.map(({ header, hash }) => ({ header, hash }));
  assert.match(obstacleIn(bare) ?? '', /erased/);
  const { entries } = changed('consent', (payload: object) => ({ ...payload, recording: false }));
  const spoken = ['final', 'said', 'answer', 'output', 'partial', 'keys'];
  const withheld = entries.map((entry) =>
    spoken.includes(entry.header.kind) ? { header: entry.header, hash: entry.hash } : entry,
  );
  assert.match(obstacleIn(withheld) ?? '', /did not consent/);
  assert.match(obstacleIn(whole.filter(({ header }) => header.kind !== 'turn')) ?? '', /before/);
  assert.match(obstacleIn(whole.slice(1)) ?? '', /no beginning/);
});

test('a call that goes on with an earlier one, and one taken over while it was ending, are decided alike', async () => {
  const goesOn = await RecordedCall.begin(config, definition);
  await goesOn.offers([{ kind: 'answer', linkId: 'pain', value: 'no', words: 'no' }]);
  await goesOn.says('yes', '', record('recording-consent', 'yes'));
  await goesOn.takeOver();
  await goesOn.says('yes please', '', record('go-on-with-earlier-call', 'yes'));
  await goesOn.says('Ann Miller', '', record('name', 'Ann Miller'));
  await goesOn.keys('1');
  await goesOn.says('in the morning', '', record('when', 'morning'));
  const entries = await goesOn.end();
  assert.equal(decided(entries, 'resumption'), 1);
  assert.deepEqual((await replay(entries, { config, definition })).divergence, undefined);

  const refused = await RecordedCall.begin(config, definition);
  await refused.says('yes', '', record('recording-consent', 'yes'));
  await refused.says('a person please', '', ['end_call', { reason: 'wants-person' }]);
  await refused.takeOver();
  const left = await refused.end();
  assert.equal(decided(left, 'hand-over'), 1);
  assert.deepEqual((await replay(left, { config, definition })).divergence, undefined);
});

test('interim words that stood, were withdrawn, or were part of more, replay; so does a take-over after it', async () => {
  const plain = text.replace(/, redFlag: \{.*?\] \}/, '');
  const rules = definitionOf(plain);
  const call = await RecordedCall.begin(config, rules);
  await call.says('yes and no matter what', '', record('recording-consent', 'yes'));
  await call.trails('yes', 'No.');
  await call.takeOver();
  await call.says('Ann Miller as ever', '', record('name', 'Ann Miller'));
  await call.trails('yes', 'Yes.');
  await call.says('in the morning', '', record('when', 'morning'));
  const entries = await call.end();
  assert.equal(decided(entries, 'withdrawn'), 1);
  assert.equal(decided(entries, 'provisional'), 2);
  const { divergence: found } = await replay(entries, { config, definition: rules });
  assert.equal(found, undefined, JSON.stringify(found));
  const forgotten = entries.filter(({ header }) => header.kind !== 'provisional');
  assert.ok((await replay(forgotten, { config, definition: rules })).divergence);
});
