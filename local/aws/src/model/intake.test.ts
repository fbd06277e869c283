import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  advance,
  answersTable,
  describeForModel,
  loadQuestionnaire,
  startIntake,
  type Definition,
  type Input,
  type Step,
} from '@vestibule/questionnaire';
import type { ReplyBlock } from '../bedrock/reply.ts';
import { respond } from './index.ts';
import { clinicPrompt, clinicTools } from './testing/clinic.ts';
import { request, type ToolFixture, type Turn } from './testing/requests.ts';

const examples = join(import.meta.dirname, '../../../../examples/questionnaires');
const today = { today: '2026-11-23' };

function load(file: string): Definition {
  const { definition, faults } = loadQuestionnaire(readFileSync(join(examples, file), 'utf8'), file);
  assert.deepEqual(faults, []);
  assert.ok(definition);
  return definition;
}

/** The names that this run's tools have, so that the same loop runs with others. */
interface Names {
  readonly record: string;
  readonly item: string;
  readonly value: string;
  readonly confirm: string;
  readonly verdict: string;
  readonly decline: string;
  /** Descriptions say nothing: only the shape of the arguments tells what a tool is for. */
  readonly mute?: boolean;
}

const ownNames: Names = {
  record: 'record_answer',
  item: 'item',
  value: 'answer',
  confirm: 'confirm_read_back',
  verdict: 'correct',
  decline: 'decline_item',
};
const otherNames: Names = {
  record: 'storeReply',
  item: 'questionKey',
  value: 'utterance',
  confirm: 'acknowledgeEcho',
  verdict: 'agreed',
  decline: 'passOver',
};
const muteNames: Names = {
  record: 'jot',
  item: 'q',
  value: 'v',
  confirm: 'nod',
  verdict: 'y',
  decline: 'leap',
  mute: true,
};

function toolsFor(definition: Definition, names: Names): ToolFixture[] {
  const ids = definition.items.flatMap(function all(item): string[] {
    return [item.linkId, ...item.items.flatMap(all)];
  });
  const which = { [names.item]: { type: 'string', enum: ids } };
  const object = (properties: object) => ({ type: 'object', properties, required: Object.keys(properties) });
  const others = clinicTools.filter(({ name }) =>
    ['search_knowledge', 'end_call', 'create_case'].includes(name),
  );
  const intake = [
    {
      name: names.confirm,
      description: 'Whether the person on the line agreed with what was repeated to them.',
      schema: object({ [names.verdict]: { type: 'boolean' } }),
    },
    {
      name: names.decline,
      description: 'The person would rather not say, or does not know.',
      schema: object({ ...which, because: { type: 'string', enum: ['declined', 'unknown'] } }),
    },
    {
      name: names.record,
      description: 'Keep what the person said in reply to a question.',
      schema: object({ ...which, [names.value]: { type: 'string' } }),
    },
  ];
  return [...others, ...intake.map((tool) => (names.mute ? { ...tool, description: 'Jot down.' } : tool))];
}

function inputOf(block: ReplyBlock & { kind: 'toolUse' }, names: Names, words: string): Input {
  const input = block.input as Record<string, string>;
  const linkId = input[names.item] ?? '';
  if (block.name === names.record) return { kind: 'answer', linkId, value: input[names.value] ?? '', words };
  if (block.name === names.confirm)
    return { kind: 'confirm', yes: block.input[names.verdict] === true, words };
  assert.equal(block.name, names.decline);
  return { kind: input['because'] === 'unknown' ? 'unknown' : 'decline', linkId };
}

const wordsOf = (step: Step) =>
  step.kind === 'ask'
    ? `${step.problem ?? ''} ${step.prompt}`.trim()
    : 'prompt' in step
      ? (step.prompt ?? '')
      : '';

/** Takes an intake as an agent would: the engine leads, the model turns words into tool calls. */
function takeIntake(
  definition: Definition,
  names: Names,
  caller: (step: Step) => string,
): Record<string, string> {
  const tools = toolsFor(definition, names);
  let { state, step } = startIntake(definition);
  const turns: Turn[] = [{ agent: wordsOf(step) }];
  for (let turn = 0; turn < 60 && step.kind !== 'complete' && step.kind !== 'handOver'; turn++) {
    const words = caller(step);
    turns.push({ caller: words });
    const reply = respond(request(clinicPrompt(describeForModel(definition, state)), tools, turns));
    for (const block of reply) {
      if (block.kind === 'text') turns.push({ agent: block.text });
      else {
        ({ state, step } = advance(definition, state, inputOf(block, names, words), today));
        turns.push({
          tool: block.name,
          input: block.input,
          result: { accepted: true, say_next: wordsOf(step) },
        });
      }
    }
    if (reply.every(({ kind }) => kind === 'toolUse')) {
      const spoken = respond(request(clinicPrompt(describeForModel(definition, state)), tools, turns));
      turns.push(...spoken.map((block): Turn => ({ agent: block.kind === 'text' ? block.text : '' })));
    }
  }
  return Object.fromEntries(
    answersTable(definition, state).map(({ linkId, answer, status }) => [
      linkId,
      status === 'answered' ? answer : status,
    ]),
  );
}

/** Says a line per item, the next one when asked again, and yes to what is read back. */
function persona(lines: Record<string, string | readonly string[]>): (step: Step) => string {
  const said = new Map<string, number>();
  return (step) => {
    if (step.kind === 'readBack') return 'Yes, that is right.';
    const linkId = step.kind === 'ask' ? step.linkId : '';
    const line = lines[linkId] ?? 'No.';
    const at = said.get(linkId) ?? 0;
    said.set(linkId, at + 1);
    return typeof line === 'string' ? line : (line[Math.min(at, line.length - 1)] ?? '');
  };
}

const john = persona({
  caller: "I'm calling for myself.",
  'full-name': ['Um, my name is John Smith.'],
  'birth-date': ['Why do you need that?', "It's march third nineteen eighty five."],
  'callback-number': 'Sure, it is five five five zero one zero zero one two three.',
  reason: 'I need a check up.',
  'chest-pain': 'No, nothing like that.',
  'takes-medicines': 'Yes I do.',
  medicines: 'Lisinopril, and aspirin.',
  allergies: "I'm allergic to penicillin.",
  'preferred-time': 'Morning would be best.',
});

for (const [title, names] of [
  ['our own', ownNames],
  ['renamed and reworded', otherNames],
  ['told apart by their arguments alone', muteNames],
] as const) {
  test(`an intake with tools that are ${title}`, () => {
    const answers = takeIntake(load('new-patient.yaml'), names, john);
    assert.match(answers['full-name'] ?? '', /John Smith/i);
    assert.match(answers['birth-date'] ?? '', /March 3,? 1985/);
    assert.match((answers['callback-number'] ?? '').replace(/\D/g, ''), /5550100123$/);
    assert.match(answers['reason'] ?? '', /check-?up/i);
    assert.match(answers['chest-pain'] ?? '', /no/i);
    assert.match(answers['medicines'] ?? '', /lisinopril/i);
    assert.match(answers['allergies'] ?? '', /penicillin/i);
    assert.match(answers['preferred-time'] ?? '', /morning/i);
  });
}

test('a FHIR questionnaire, with refusals', () => {
  const definition = load('phq-2.json');
  const ids = definition.items.flatMap(function all(item): string[] {
    return item.items.length > 0 ? item.items.flatMap(all) : [item.linkId];
  });
  const asked: string[] = [];
  const answers = takeIntake(definition, otherNames, (step) => {
    const id = step.kind === 'ask' ? step.linkId : '';
    asked.push(id);
    return asked.length === 1 ? 'Several days, I think.' : "I'd rather not say.";
  });
  assert.ok(ids.includes(asked[0] ?? ''));
  assert.match(answers[asked[0] ?? ''] ?? '', /several days/i);
});
