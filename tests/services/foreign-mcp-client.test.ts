import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { openMcpOffice } from './mcp-office.ts';

// Our MCP server under a client that shares no line with ours, nor with the SDK.

const client = fileURLToPath(new URL('third_party_mcp_client.py', import.meta.url));
const allow = ['search_knowledge', 'find_patient', 'create_case', 'update_case'];
let office: Awaited<ReturnType<typeof openMcpOffice>>;
before(async () => (office = await openMcpOffice(allow)));
after(() => office.stop());

type Step = readonly [method: string, params: object];
interface Answer {
  result?: Record<string, unknown>;
  error?: { code: number };
}

function steps(token: string, ...asked: Step[]): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const child = execFile('python3', [client, office.url, token], (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(JSON.parse(stdout) as Answer[]);
    });
    child.stdin?.end(JSON.stringify(asked));
  });
}
const call = (name: string, args: object): Step => ['tools/call', { name, arguments: args }];

test('it lists tools with what their calls do, and calls them', async () => {
  const case_ = call('create_case', { reason: 'A refill', idempotencyKey: 'k' });
  const [listed, found, opened, again, bad, none] = await steps(
    office.token(),
    ['tools/list', {}],
    call('find_patient', { familyName: 'Alvarez', birthDate: '1984-03-12' }),
    case_,
    case_,
    call('create_case', { reason: 7 }),
    call('delete_everything', {}),
  );
  const tools = listed?.result?.['tools'] as { name: string; annotations: { readOnlyHint: boolean } }[];
  assert.deepEqual(
    tools.map(({ name, annotations }) => [name, annotations.readOnlyHint]),
    [
      ['search_knowledge', true],
      ['find_patient', true],
      ['create_case', false],
      ['update_case', false],
    ],
  );
  assert.match(JSON.stringify(found?.result?.['structuredContent']), /p-1001/);
  assert.deepEqual(opened?.result?.['structuredContent'], again?.result?.['structuredContent']);
  assert.equal(bad?.result?.['isError'], true);
  assert.equal(none?.error?.code, -32602);
});

test('it reads the resources and fills the templates', async () => {
  const [list, templates, rules, none] = await steps(
    office.token(),
    ['resources/list', {}],
    ['resources/templates/list', {}],
    ['resources/read', { uri: 'questionnaire:///new-patient/rules' }],
    ['resources/read', { uri: 'questionnaire:///../../vestibule' }],
  );
  assert.match(JSON.stringify(list?.result), /questionnaire:\/\/\/new-patient/);
  assert.match(JSON.stringify(templates?.result), /questionnaire:\/\/\/\{name\}\/rules/);
  assert.match(JSON.stringify(rules?.result), /redFlags/);
  assert.equal(none?.error?.code, -32002);
});

test('it gets as far as its token, and no further', async () => {
  const others = call('find_patient', { familyName: 'Okafor', birthDate: '1971-11-30' });
  const [other] = await steps(office.token(), others);
  assert.deepEqual(other?.result?.['structuredContent'], { patients: [] });
  const [unverified] = await steps(
    office.token({ verified: false }),
    call('find_patient', { phone: '+15550100123' }),
  );
  assert.match(JSON.stringify(unverified), /caller-not-verified/);
  assert.doesNotMatch(JSON.stringify(unverified), /Alvarez/);
  for (const token of [office.token({ exp: 1 }), `${office.token()}x`, 'none'])
    assert.deepEqual(await steps(token), {
      status: 401,
      challenge: `Bearer error="invalid_token", error_description="${token === 'none' ? 'malformed-token' : token.endsWith('x') ? 'bad-signature' : 'expired-token'}"`,
    });
});
