import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError, ManualClock } from '@vestibule/core';
import { awsCalls } from './aws-call.ts';
import { rotate, type RotationEvent } from './rotate.ts';
import type { StoreSecret, Target } from './target.ts';

/** Rotation over signed requests to AWS's APIs as far as it uses them: what is sent is what the services document. */

interface Account {
  versions: Map<string, { value: string; stages: string[] }>;
  /** Passwords of the store, newest first. */
  passwords: string[];
  status: string;
  requests: string[];
}

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

function anAccount(target: Target): Account {
  const secret: StoreSecret = { ...target, password: 'old-password-of-the-store' };
  return {
    versions: new Map([['v1', { value: JSON.stringify(secret), stages: ['AWSCURRENT'] }]]),
    ...{ passwords: [secret.password], status: 'ready', requests: [] },
  };
}

function callsOf(account: Account) {
  const fetch: typeof globalThis.fetch = async (url, { headers: sent, body: raw } = {}) => {
    const headers = new Headers(sent);
    assert.match(headers.get('authorization') ?? '', /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/us-east-1\//);
    assert.ok(typeof url === 'string' && typeof raw === 'string');
    const body = raw;
    const action =
      headers.get('x-amz-target')?.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? '';
    account.requests.push(`${new URL(url).hostname.split('.')[0]} ${action}`);
    const answer = headers.has('x-amz-target')
      ? jsonAnswer(account, action, JSON.parse(body) as Body)
      : xmlAnswer(account, action, new URLSearchParams(body));
    return typeof answer === 'string' ? new Response(answer) : answer;
  };
  return awsCalls('us-east-1', credentials, fetch);
}

/** Fields of the requests that are looked at. */
interface Body {
  VersionId: string;
  VersionStage: string;
  ClientRequestToken: string;
  SecretString: string;
  VersionStages: string[];
  RemoveFromVersionId: string;
  MoveToVersionId: string;
  AuthenticationMode: { Passwords: string[] };
}

function jsonAnswer(account: Account, action: string, body: Body): string | Response {
  const { versions } = account;
  switch (action) {
    case 'GetSecretValue': {
      const { VersionId: id, VersionStage: stage } = body;
      const found = [...versions].find(([version, { stages }]) => version === id || stages.includes(stage));
      return found
        ? JSON.stringify({ SecretString: found[1].value })
        : new Response('{"__type":"ResourceNotFoundException"}', { status: 400 });
    }
    case 'DescribeSecret':
      return JSON.stringify({
        VersionIdsToStages: Object.fromEntries([...versions].map(([id, { stages }]) => [id, stages])),
      });
    case 'PutSecretValue':
      versions.set(body.ClientRequestToken, {
        value: body.SecretString,
        stages: body.VersionStages,
      });
      return '{}';
    case 'UpdateSecretVersionStage':
      versions.get(body.RemoveFromVersionId)!.stages = ['AWSPREVIOUS'];
      versions.get(body.MoveToVersionId)!.stages = [body.VersionStage];
      return '{}';
    case 'UpdateUser':
      account.passwords = body.AuthenticationMode.Passwords;
      return '{}';
    case 'DescribeUsers':
      return JSON.stringify({
        Users: [{ Name: 'x', Status: account.status === 'ready' ? 'active' : 'modifying' }],
      });
    default:
      return new Response('{"__type":"InvalidAction"}', { status: 400 });
  }
}

function xmlAnswer(account: Account, action: string, form: URLSearchParams): string | Response {
  const ready = account.status === 'ready';
  switch (action) {
    case 'ModifyUser':
      account.passwords = [form.get('Passwords.member.1')!, form.get('Passwords.member.2')!];
      return '<ModifyUserResponse/>';
    case 'ModifyReplicationGroup':
      assert.equal(form.get('AuthTokenUpdateStrategy'), 'ROTATE');
      account.passwords.unshift(form.get('AuthToken')!);
      return '<ModifyReplicationGroupResponse/>';
    case 'DescribeUsers':
      return `<R><Users><member><UserGroupIds><member>g</member></UserGroupIds><UserName>x</UserName><Status>${ready ? 'active' : 'modifying'}</Status></member></Users></R>`;
    case 'DescribeReplicationGroups':
      return `<R><ReplicationGroups><ReplicationGroup><NodeGroups><NodeGroup><Status>available</Status></NodeGroup></NodeGroups><GlobalReplicationGroupInfo/><Status>${ready ? 'available' : 'modifying'}</Status></ReplicationGroup></ReplicationGroups></R>`;
    default:
      return new Response('<Error><Code>InvalidAction</Code></Error>', { status: 400 });
  }
}

const at = (Step: RotationEvent['Step']): RotationEvent => ({
  SecretId: 'arn',
  ClientRequestToken: 'v2',
  Step,
});
const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
const passwordAt = (account: Account, stage: string) => {
  const found = [...account.versions.values()].find(({ stages }) => stages.includes(stage));
  return (JSON.parse(found?.value ?? '{}') as Partial<StoreSecret>).password;
};

for (const kind of ['elasticache-group', 'elasticache-user', 'memorydb-user'] as const)
  test(`${kind}: the old password is good as long as the new one is not everywhere, and beyond`, async () => {
    const account = anAccount({ kind, id: 'vestibule-agent' });
    const call = callsOf(account);
    for (const step of steps) {
      await rotate(call, new ManualClock(), at(step));
      assert.ok(account.passwords.includes(passwordAt(account, 'AWSCURRENT')!), `after ${step}`);
    }
    const password = passwordAt(account, 'AWSCURRENT')!;
    assert.match(password, /^[0-9a-f]{64}$/);
    assert.deepEqual(account.passwords, [password, 'old-password-of-the-store']);
    assert.equal(passwordAt(account, 'AWSPREVIOUS'), 'old-password-of-the-store');
  });

test('a step that is done again makes no other password', async () => {
  const account = anAccount({ kind: 'elasticache-user', id: 'vestibule-agent' });
  const call = callsOf(account);
  await rotate(call, new ManualClock(), at('createSecret'));
  const pending = passwordAt(account, 'AWSPENDING');
  for (const step of [...steps, 'finishSecret' as const]) await rotate(call, new ManualClock(), at(step));
  assert.equal(passwordAt(account, 'AWSCURRENT'), pending);
});

for (const kind of ['elasticache-group', 'elasticache-user', 'memorydb-user'] as const)
  test(`${kind}: what the store has not taken over does not become current`, async () => {
    const account = anAccount({ kind, id: 'vestibule-agent' });
    const call = callsOf(account);
    const clock = new ManualClock();
    await rotate(call, clock, at('createSecret'));
    await rotate(call, clock, at('setSecret'));
    account.status = 'busy';
    const tested = rotate(call, clock, at('testSecret'));
    const failed = assert.rejects(tested, (error) => isCodedError(error, 'not-settled'));
    for (let second = 0; second < 600; second += 10) {
      await new Promise(setImmediate);
      await clock.advance(10_000);
    }
    await failed;
    assert.equal(passwordAt(account, 'AWSCURRENT'), 'old-password-of-the-store');
  });

test('an error of AWS’s is told by its code, never by what was sent', async () => {
  const answer =
    '<Error><Code>InvalidParameterValue</Code><Message>password hunter2hunter2</Message></Error>';
  const call = awsCalls('us-east-1', credentials, async () => new Response(answer, { status: 400 }));
  await assert.rejects(call({ endpoint: 'elasticache', headers: {}, body: 'AuthToken=hunter2hunter2' }), {
    message: 'elasticache: 400 InvalidParameterValue',
  });
});
