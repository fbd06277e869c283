import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../../processes.ts';
import { example, file, folder, run } from '../testing.ts';

const wholeCall = `mary smith
yes
june second nineteen eighty five
yes
november twentieth
better
two
no
yes
no
no
yes
no
five five five oh one oh oh one two three
yes
`;

describe('try', () => {
  const post = ['try', example('post-discharge.yaml'), '--today', '2026-11-23'];

  test('a whole call from a file of answers, and its response', async (t) => {
    const answers = file(t, 'answers.txt', `# a comment\n\n${wholeCall}`);
    const response = join(folder(t), 'response.json');
    const { out, code } = await run([...post, '--answers', answers, '--response', response]);
    assert.equal(code, 0);
    assert.match(
      out,
      /Agent: I have June second, nineteen eighty five\. Is that right\? {2}\[birth-date, read back\]/,
    );
    assert.match(out, /· callback-number = \(555\) 010-0123, to be read back\n/);
    assert.match(out, /· completed\nComplete\./);
    const written = JSON.parse(readFileSync(response, 'utf8')) as {
      status: string;
      item: { linkId: string }[];
    };
    assert.equal(written.status, 'completed');
    assert.equal(written.item[0]!.linkId, 'patient-name');
  });

  test('answers that run out: what is open is listed, and the exit code says so', async () => {
    const { out, code } = await run(post, 'mary smith\nyes\n');
    assert.equal(code, 1);
    assert.match(out, /Ended before it was complete\. Open:\n {2}birth-date \(asked\): /);
    assert.match(out, /callback-number \(not-asked\)/);
  });

  test('what the engine does is told: refused, corrected, volunteered, red flag with its script, hand-over', async () => {
    const said = `mary smith\nno, mary jones\nyes\nthe moon\n:answer pain two\n:answer pain nine\n:answer nothing x\nI can't breathe\nlate\n`;
    const { out, code } = await run(post, said);
    assert.equal(code, 1);
    for (const told of [
      /refused for birth-date \(not-understood\)/,
      /a call would ask the model here/,
      /pain = 2 \(volunteered\)/,
      /corrected: pain = 9, was 2/,
      /RED FLAG severe-pain \(urgent, create-case\), by an answer.*\nAgent: Thank you for telling me/,
      /refused for nothing \(unknown-item\)/,
      /RED FLAG breathing \(emergency, hand-over\), by the phrase .*\nAgent: I am getting a nurse/,
      /A person takes over: red-flag/,
      /1 line was left over/,
    ])
      assert.match(out, told);
  });

  test('commands: state, back, response, why, quit', async () => {
    const said = `mary smith\n:back\n:back\nmary smith\nyes\nwhy\n:state\n:response\n:nonsense\n:answer\n:quit\nmore\n`;
    const { out } = await run(post, said);
    assert.match(out, /There is nothing to take back/);
    assert.match(out, /You: {3}why\n(?: {2}· .*\n)*.*It helps us find the right record/);
    assert.match(out, /patient-name +answered +Mary Smith/);
    assert.match(out, /"status": "in-progress"/);
    assert.match(out, /There is no :nonsense/);
    assert.match(out, /It is :answer LINK WORDS/);
    assert.doesNotMatch(out, /You: {3}more/);
  });

  test('as a process with piped words', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'apps/cli/src/main.ts'), 'questionnaire', ...post],
      { encoding: 'utf8', input: wholeCall },
    );
    assert.equal(status, 0);
    assert.match(stdout, /Complete\./);
  });

  test('what cannot be read or is no day is one clear error', async (t) => {
    await assert.rejects(run(['try', join(folder(t), 'no.yaml')]), /there is no such file/);
    await assert.rejects(run([...post.slice(0, 2), '--today', '2026-02-30']), /it is no day/);
    await assert.rejects(run([...post, '--answers', folder(t)]), /is a folder/);
    await assert.rejects(run([...post, '--response', join(folder(t), 'a/b')]), /cannot be written/);
    const faulty = file(t, 'f.yaml', 'title: T\n');
    await assert.rejects(run(['try', faulty]), /f\.yaml:1 items/);
  });

  test('a language that it has no translation to is told', async () => {
    assert.match((await run([...post, '--language', 'de'])).out, /no translation to de/);
  });
});
