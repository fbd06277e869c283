import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { checkDeployment, questionnaireFile } from './deployment.ts';
import { checkConfig, loadConfig } from './load.ts';

const root = new URL('../../../vestibule.yaml', import.meta.url);
let folder: string;
const file = () => join(folder, 'vestibule.yaml');

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-config-'));
  await mkdir(join(folder, 'examples/questionnaires'), { recursive: true });
  await writeFile(join(folder, 'examples/questionnaires/new-patient.json'), '{}');
});
after(() => rm(folder, { recursive: true }));

/** The deployment at the root with its first number alone, edited. */
async function written(edit: (text: string) => string = (text) => text): Promise<string> {
  const text = await readFile(root, 'utf8');
  await writeFile(file(), edit(text.replace(/^(numbers:\n.*\n)( {2}- .*\n)*/m, '$1')));
  return file();
}

test('a valid file passes, and the check says in a few lines what it deploys', async () => {
  const { ok, output } = await checkConfig(await written());
  assert.equal(ok, true);
  assert.match(output, /is valid\.\n/);
  assert.match(output, /\+15550100100 → new-patient/);
  assert.match(output, /nothing leaves the VPC/);
});

test('a questionnaire is found by either ending, and its absence is a fault with its line', async () => {
  const config = await loadConfig(await written());
  assert.equal(
    await questionnaireFile(config, 'new-patient'),
    join(folder, 'examples/questionnaires/new-patient.json'),
  );
  const { ok, output } = await checkConfig(
    await written((text) => text.replace('new-patient', 'old-patient')),
  );
  assert.equal(ok, false);
  assert.match(
    output,
    /vestibule\.yaml:\d+ numbers\[0\]\.questionnaire: no such questionnaire: old-patient\. Put/,
  );
});

test('a model outside the VPC is refused until the file permits it', async () => {
  const outside = (text: string) =>
    text
      .replace(/bedrock:\S+/, 'openai:gpt-5-mini')
      .replace(/endpoints: .*/, 'endpoints: { openai: https://api.openai.com/v1 }');
  const refused = await checkConfig(await written(outside));
  assert.equal(refused.ok, false);
  assert.match(
    refused.output,
    /agent\.endpoints\.openai: An endpoint outside the VPC needs an explicit egress permission/,
  );
  const permitted = await checkConfig(
    await written((text) => outside(text).replace(/egress: .*/, 'egress: [api.openai.com]')),
  );
  assert.equal(permitted.ok, true, permitted.output);
  assert.match(permitted.output, /key {6}OPENAI_API_KEY, in the environment of the agent workers\n/);
  const keyless = await checkConfig(
    await written((text) => outside(text).replace('https://api.openai.com/v1', 'http://10.0.3.4:8000/v1')),
  );
  assert.match(keyless.output, /OPENAI_API_KEY, in .*, if its service wants one\n/);
});

test('the questionnaires are checked too, and their faults told with their file', async () => {
  const questionnaire = join(folder, 'examples/questionnaires/new-patient.json');
  const check = (text: string, named: string) => {
    assert.deepEqual([text, named], ['{}', questionnaire]);
    return { faults: [{ path: 'item', message: 'is missing' }] };
  };
  assert.deepEqual(await checkConfig(await written(), check), {
    ok: false,
    output: `${questionnaire} item: is missing\n1 fault; nothing was changed.\n`,
  });
  assert.equal((await checkConfig(file(), () => ({ faults: [] }))).ok, true);
});

test('a plugin that is not installed is a fault; one that is, is none', async () => {
  const config = await loadConfig(
    await written((text) =>
      text
        .replace('transcribe:en-US', 'deepgram:nova-3')
        .replace(/endpoints: .*/, 'endpoints: { deepgram: "wss://10.0.0.9/v1" }'),
    ),
  );
  const asked: string[] = [];
  const faults = await checkDeployment(config, (plugin) => asked.push(plugin) < 0);
  assert.deepEqual(asked, ['@livekit/agents-plugin-deepgram']);
  assert.deepEqual(
    faults.map(({ path, message }) => [path, message]),
    [['agent.models.stt', '@livekit/agents-plugin-deepgram is not installed']],
  );
  assert.deepEqual(await checkDeployment(config, () => true), []);
});

test('every model of a list needs its plugin, and is told in the summary', async () => {
  const llm = 'llm: [bedrock:one, cartesia:two]\n    redFlags: bedrock:three';
  const config = await loadConfig(
    await written((text) => text.replace(/llm: .*/, 'llm: [bedrock:one, bedrock:two]')),
  );
  const many = { ...config, agent: { ...config.agent, models: { ...config.agent.models } } };
  many.agent.models.llm = [
    ...config.agent.models.llm,
    { provider: 'x', plugin: '@livekit/agents-plugin-x', model: 'm' },
  ];
  assert.deepEqual(
    (await checkDeployment(many, () => false)).map(({ path }) => path),
    ['agent.models.llm[2]'],
  );
  const { output } = await checkConfig(
    await written((text) => text.replace(/llm: .*/, llm.replace('cartesia', 'bedrock'))),
  );
  assert.match(output, /thinks {3}bedrock one, then bedrock two\n {2}watches {2}bedrock three/);
});

test('loading throws every fault in one message, or says that the file is not there', async () => {
  await assert.rejects(loadConfig(await written(() => 'version: 1\n')), (error: Error) => {
    assert.ok(isCodedError(error, 'invalid-config'));
    assert.ok(error.message.split('\n').length >= 8);
    return true;
  });
  await assert.rejects(loadConfig(join(folder, 'none.yaml')), (error) =>
    isCodedError(error, 'unreadable-config'),
  );
  assert.deepEqual(await checkConfig(join(folder, 'none.yaml')), {
    ok: false,
    output: `${join(folder, 'none.yaml')}: no such file\n`,
  });
});
