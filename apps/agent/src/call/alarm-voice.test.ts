import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlarmVoice } from './alarm-voice.ts';

/** The line and the conversation as far as the alarm's voice sees them. */
function open(
  agentState: string,
  { missed, userState = 'listening', asks }: { missed?: string; userState?: string; asks?: string } = {},
) {
  const done: string[] = [];
  const scripts = asks === undefined ? ['A nurse is told.'] : [];
  const questions = asks === undefined ? [] : [asks];
  const line = {
    session: {
      ...{ agentState, userState },
      generateReply: ({ userInput }: { userInput: string }) => done.push(`answers ${userInput}`),
    },
    isBusy: false,
    hush: () => done.push('hush'),
  };
  const conversation = {
    isOver: false,
    missed,
    get hasScripts() {
      return scripts.length > 0;
    },
    takeScripts: () => scripts.splice(0).join(' '),
    get hasFlagQuestion() {
      return questions.length > 0;
    },
    takeFlagQuestion: () => questions.splice(0).join(' '),
  };
  const alarm = new AlarmVoice({
    line: line as never,
    conversation: conversation as never,
    say: async (words) => void done.push(words),
    question: () => 'Do you smoke?',
  });
  return { alarm, done };
}

const turn = () => new Promise(setImmediate);

for (const [lane, state, expected] of [
  ['partial', 'listening', ['A nurse is told.', 'Do you smoke?']],
  ['partial', 'speaking', ['hush', 'A nurse is told.', 'Do you smoke?']],
  ['partial', 'thinking', ['hush', 'A nurse is told.', 'Do you smoke?']],
  ['final', 'speaking', ['hush', 'A nurse is told.', 'Do you smoke?']],
  ['final', 'listening', []],
  ['final', 'thinking', []],
  ['second-model', 'listening', ['A nurse is told.', 'Do you smoke?']],
  ['second-model', 'speaking', ['hush', 'A nurse is told.', 'Do you smoke?']],
  ['second-model', 'thinking', []],
  ['model-tool', 'thinking', []],
] as const) {
  test(`${lane} while the agent is ${state}: ${expected.join(', ') || 'left to the answer'}`, async () => {
    const { alarm, done } = open(state);
    alarm.onAlarm(lane, false);
    await turn();
    assert.deepEqual(done, expected);
  });
}

test('what was left to an answer that did not take it is said when the line is quiet', async () => {
  const { alarm, done } = open('listening');
  alarm.onQuiet();
  await turn();
  assert.deepEqual(done, ['A nurse is told.', 'Do you smoke?']);
  alarm.onQuiet();
  await turn();
  assert.equal(done.length, 2);
});

test('what the caller said besides is answered; while they speak nothing is asked', async () => {
  const missed = open('listening', { missed: 'yes, and my chest hurts' });
  missed.alarm.onAlarm('partial', false);
  await turn();
  assert.deepEqual(missed.done, ['A nurse is told.', 'answers yes, and my chest hurts']);
  const speaking = open('listening', { userState: 'speaking' });
  speaking.alarm.onAlarm('partial', false);
  await turn();
  assert.deepEqual(speaking.done, ['A nurse is told.']);
});

test('when it ends the conversation, the last words have the script', async () => {
  const { alarm, done } = open('speaking');
  alarm.onAlarm('partial', true);
  await turn();
  assert.deepEqual(done, ['hush']);
});

test('the question of a red flag is put at once, and once', async () => {
  const asks = 'Does your chest hurt now?';
  const { alarm, done } = open('speaking', { asks });
  alarm.onAlarm('second-model', false);
  await turn();
  alarm.onQuiet();
  await turn();
  assert.deepEqual(done, ['hush', asks]);
  const later = open('thinking', { asks });
  later.alarm.onAlarm('second-model', false);
  await turn();
  assert.deepEqual(later.done, [], 'the answer that is being made is said first');
  later.alarm.onQuiet();
  await turn();
  assert.deepEqual(later.done, [asks]);
});
