import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@vestibule/config';
import { readEnvironment as agentEnvironment } from '../../../apps/agent/src/environment.ts';
import { readEnvironment as mcpEnvironment } from '../../../apps/mcp/src/environment.ts';
import { readEnvironment as recorderEnvironment } from '../../../apps/recorder/src/environment.ts';
import type { Template } from '../../reach/template.ts';
import { synthesise } from '../synth.ts';

/** What the templates would run: held to what the apps themselves ask for. */

interface Container {
  Name: string;
  Image: unknown;
  Environment?: { Name: string; Value: unknown }[];
  Secrets?: { Name: string; ValueFrom: unknown }[];
  ReadonlyRootFilesystem?: boolean;
  User?: string;
  MountPoints?: { ContainerPath: string; ReadOnly: boolean }[];
}

const file = fileURLToPath(new URL('../../example/vestibule.yaml', import.meta.url));

describe('containers', () => {
  let compute: Template;
  let containers: Container[];

  before(async () => {
    compute = synthesise(await loadConfig(file), file)['VestibuleCompute']!;
    containers = Object.values(compute.Resources)
      .filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition')
      .flatMap(({ Properties }) => Properties!['ContainerDefinitions'] as Container[]);
  });

  /** What Secrets Manager might make for a secret of this stack, by its own rules; of another stack's, 48 letters. */
  function generated(from: unknown): string {
    const [, id = ''] = /"Ref":"(\w+)"/.exec(JSON.stringify(from)) ?? [];
    const rules = compute.Resources[id]?.Properties?.['GenerateSecretString'] as
      { PasswordLength?: number; ExcludeCharacters?: string } | undefined;
    const letter = [...'xa'].find((each) => !rules?.ExcludeCharacters?.includes(each)) ?? '0';
    return letter.repeat(rules?.PasswordLength ?? 48);
  }

  /** The variables of an app's container, with a value of the right shape where ECS puts in a secret. */
  function environmentOf(app: string): NodeJS.ProcessEnv {
    const { Environment = [], Secrets = [] } = containers.find(({ Name }) => Name === app)!;
    return Object.fromEntries([
      ...Environment.map(({ Name, Value }) => [
        Name,
        typeof Value === 'string' ? Value : 'https://from-a-stack:1',
      ]),
      ...Secrets.map(({ Name, ValueFrom }) => [
        Name,
        Name.endsWith('_PEM') ? '-----BEGIN X-----' : generated(ValueFrom),
      ]),
    ]) as NodeJS.ProcessEnv;
  }

  test('each app gets every variable that it wants, of a shape that it takes', () => {
    agentEnvironment(environmentOf('agent'));
    mcpEnvironment(environmentOf('mcp'));
    const recorder = { ...environmentOf('recorder'), VESTIBULE_RECORDER_RTP: '10.20.4.99:42000-42399' };
    recorderEnvironment(recorder);
  });

  test('what is secret is no part of a template', () => {
    for (const { Environment = [] } of containers)
      for (const { Name, Value } of Environment) {
        assert.doesNotMatch(Name, /SECRET|PASSWORD|TOKEN|_PEM$/);
        assert.doesNotMatch(JSON.stringify(Value), /resolve:secretsmanager/);
      }
  });

  test('no container writes to its image, runs as root by our word, or is of a tag', () => {
    assert.ok(containers.length >= 10);
    for (const { Name, Image, ReadonlyRootFilesystem, User } of containers) {
      assert.equal(ReadonlyRootFilesystem, true, Name);
      assert.match(JSON.stringify(Image), /@sha256:[0-9a-f]{64}/, Name);
      assert.notEqual(User?.split(':')[0], '0', Name);
    }
  });

  test('an app reads its configuration from where the first container has put it, and cannot change it', () => {
    for (const app of ['agent', 'mcp', 'recorder']) {
      const mounts = containers.find(({ Name }) => Name === app)!.MountPoints!;
      assert.equal(mounts.find(({ ContainerPath }) => ContainerPath === '/config')?.ReadOnly, true);
      assert.equal(environmentOf(app)['VESTIBULE_CONFIG'], '/config/vestibule.yaml');
    }
  });

  test('each LiveKit SIP of vestibule.yaml has a host with its address', async () => {
    const { edge, otherZones } = await loadConfig(file);
    const wanted = [edge, ...otherZones].flatMap(({ livekitSip }) => livekitSip.map(({ host }) => host));
    const pinned = Object.values(compute.Resources)
      .filter(({ Type }) => Type === 'AWS::EC2::NetworkInterface')
      .map(({ Properties }) => Properties!['PrivateIpAddress']);
    for (const address of wanted) assert.ok(pinned.includes(address), address);
  });
});

describe('what an agent may ask of Bedrock', () => {
  /** The resources of its Bedrock statements, as text. */
  async function modelsAllowed(models: object): Promise<string[]> {
    const config = await loadConfig(file);
    const agent = { ...config.agent, models: { ...config.agent.models, ...models } };
    const { Resources } = synthesise({ ...config, agent }, file)['VestibuleCompute']!;
    const policies = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy');
    const statements = policies.flatMap(
      ({ Properties }) => (Properties!['PolicyDocument'] as { Statement: { Action: string[] }[] }).Statement,
    );
    return statements
      .filter(({ Action }) => Action.includes('bedrock:InvokeModel'))
      .map((one) => JSON.stringify(one));
  }

  test('every model of the list and the one for red flags, each once, and no other', async () => {
    const bedrock = (model: string) => ({ provider: 'bedrock', model });
    const llm = [
      bedrock('amazon.one'),
      bedrock('us.amazon.two'),
      { provider: 'openai', plugin: 'p', model: 'gpt' },
    ];
    const allowed = await modelsAllowed({ llm, redFlags: bedrock('amazon.one') });
    assert.equal(allowed.length, 2);
    assert.match(allowed[0] ?? '', /foundation-model\/amazon\.one/);
    assert.match(allowed[1] ?? '', /inference-profile\/us\.amazon\.two.*foundation-model\/amazon\.two/);
    assert.doesNotMatch(allowed.join(), /gpt/);
    assert.equal((await modelsAllowed({ redFlags: bedrock('amazon.three') })).length, 2);
  });

  test('the MCP server may ask for vectors where a model for them is configured', async () => {
    const config = await loadConfig(file);
    const tools = { ...config.tools, embeddings: 'amazon.titan-embed-text-v2:0' };
    const { Resources } = synthesise({ ...config, tools }, file)['VestibuleCompute']!;
    assert.match(
      JSON.stringify(Resources),
      /"bedrock:InvokeModel","Effect":"Allow","Resource":"[^"]*titan-embed/,
    );
  });
});
