import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isCodedError } from '@vestibule/core';
import { openMeaning } from './meaning.ts';

const meaning = await openMeaning();
assert.ok(meaning, 'No encoder is installed. Run: make setup');
const { from, flagsIn } = meaning;

async function meant(said: string): Promise<string[]> {
  return [...(await flagsIn(said))].flatMap(([flag, probability]) => (probability >= from ? [flag] : []));
}

const story = `well I went to the pharmacy on Main Street this morning because they said it was ready and then it was not and I waited
with my daughter for the better part of an hour and my knee is sore from standing so I wanted to ask whether I can pick it up tomorrow`;

describe('what is meant', () => {
  const rows: [said: string, flags: string[]][] = [
    ['there is a crushing pressure on my chest', ['chest-pain']],
    ['the blood will not stop and it soaks every towel we have', ['bleeding']],
    ['I do not want to be alive any more', ['self-harm']],
    ['I would like an appointment next Tuesday please', []],
    ['my number is five five five one two three four', []],
    ['', []],
    [`${story} and I have a terrible pain in my chest right now`, ['chest-pain']],
    [story, []],
    ['I am calling for myself', []],
  ];
  for (const [said, flags] of rows)
    test(said || 'nothing', async () => assert.deepEqual(await meant(said), flags));
});

test('without an encoder there is none; with another one the agent does not start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'encoder-'));
  try {
    const url = pathToFileURL(`${folder}/`);
    assert.equal(await openMeaning(url), undefined);
    await writeFile(join(folder, 'all-minilm-l6-v2-q.onnx'), 'another');
    await assert.rejects(
      openMeaning(url),
      (error: Error) => isCodedError(error, 'invalid-model') && /Run: make setup/.test(error.message),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
