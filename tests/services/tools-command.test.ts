import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { makeProgram } from '../../apps/cli/src/program.ts';
import { oddServer } from '../../packages/mcp-client/src/testing/server.ts';
import { callerNumber, openMcpOffice, secret } from './mcp-office.ts';

// `npx vestibule tools` over our MCP server and another's.

const folder = mkdtempSync(join(tmpdir(), 'vestibule-tools-'));
const file = join(folder, 'vestibule.yaml');
const example = readFileSync(new URL('../../vestibule.yaml', import.meta.url), 'utf8');
const allow = ['search_knowledge', 'find_patient', 'create_case'];
const object = { type: 'object', properties: { day: { type: 'string' } } };
let office: Awaited<ReturnType<typeof openMcpOffice>>;
let calendar: Awaited<ReturnType<typeof oddServer>>;

before(async () => {
  office = await openMcpOffice(allow);
  calendar = await oddServer({
    'tools/list': () => ({
      tools: [
        {
          name: 'slots',
          description: 'Free slots',
          inputSchema: object,
          annotations: { readOnlyHint: true },
        },
        { name: 'book', inputSchema: object },
        { name: 'odd', inputSchema: { type: 'object', properties: { a: { type: 'nothing' } } } },
      ],
    }),
    'tools/call': () => ({ content: [{ type: 'text', text: 'done' }] }),
  });
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'none', // Not the local stack.
    VESTIBULE_MCP_URL: office.url,
    VESTIBULE_MCP_SECRET: secret,
    VESTIBULE_BACKEND_URL: office.backend.url,
    VESTIBULE_BACKEND_TOKEN: office.backend.token,
  });
});
after(async () => {
  await office.stop();
  await calendar.stop();
  rmSync(folder, { recursive: true });
});

/** What the command writes, or the message that it ends with, and its exit code. */
async function tools(tools: object, ...args: string[]): Promise<{ text: string; code: number }> {
  writeFileSync(
    file,
    stringify({ ...(parse(example) as object), tools: { backend: 'florizel', allow, ...tools } }),
  );
  let [text, code] = ['', 0];
  const program = makeProgram({ write: (more) => (text += more) }, (given) => (code = given));
  try {
    await program.parseAsync(['tools', ...args, '--config', file], { from: 'user' });
  } catch (error) {
    [text, code] = [text + (error as Error).message, 1];
  }
  return { text, code };
}
const servers = (...allowed: string[]) => ({
  servers: [{ name: 'calendar', url: calendar.url, allow: allowed }],
});

test('list: every server’s tools, and what a call of each does', async () => {
  const { text, code } = await tools(servers('slots', 'book'), 'list');
  assert.equal(code, 0, text);
  for (const line of [
    /^find_patient +vestibule +reads /m,
    /^create_case +vestibule +acts, once a key /m,
    /^calendar_slots +calendar +reads +Free slots$/m,
    /^calendar_book +calendar +acts +book$/m,
  ])
    assert.match(text, line);
});

test('call: what acts wants --yes, and a record its own caller', async () => {
  const call = (...args: string[]) => tools(servers('slots', 'book'), 'call', ...args);
  assert.deepEqual(await call('calendar_slots', '{"day":"monday"}'), { text: 'done\n', code: 0 });
  const held = await call('calendar_book', '{}');
  assert.match(held.text, /Nothing was done; add --yes/);
  assert.equal(held.code, 1);
  assert.equal(calendar.seen.filter(({ params }) => params['name'] === 'book').length, 0);
  assert.equal((await call('calendar_book', '{}', '--yes')).code, 0);
  const phone = JSON.stringify({ phone: callerNumber });
  assert.match((await call('find_patient', phone)).text, /caller-not-verified/);
  assert.match((await call('find_patient', phone, '--verified', callerNumber)).text, /p-1001/);
  assert.match((await call('find_patient', phone, '--verified', '+15550100124')).text, /\{"patients":\[\]\}/);
  assert.match((await call('nothing', '{}')).text, /There is no tool nothing/);
  assert.match((await call('find_patient', '[]')).text, /one JSON object/);
});

test('check: all faults together, with their places', async () => {
  assert.deepEqual(await tools(servers('slots'), 'check'), {
    text: 'Every allowed tool is there.\n',
    code: 0,
  });
  const faulty = {
    ...servers('slots', 'odd', 'gone'),
    allow: [...allow, 'erase_call_back', 'nothing'],
  };
  const gone = {
    name: 'gone',
    url: 'http://127.0.0.1:9/mcp',
    allow: ['x'],
    tokenFrom: 'VESTIBULE_NO_SUCH_TOKEN',
  };
  const { text, code } = await tools({ ...faulty, servers: [...faulty.servers, gone] }, 'check');
  assert.equal(code, 1);
  for (const line of [
    /openapi\.yaml:\d+ paths\.\/call-backs\/\{callBackId\}\.delete: does not say whose its answer is/,
    /openapi\.yaml:\d+ paths: there is no operation for the tool nothing/,
    /tools\.allow: nothing: the server has no such tool/,
    /tools\.servers\[0\]: odd: its schema is not valid/,
    /tools\.servers\[0\]: gone: the server has no such tool/,
    /tools\.servers\[1\]\.url: gone at http:\/\/127\.0\.0\.1:9\/mcp does not answer/,
    /tools\.servers\[1\]\.tokenFrom: VESTIBULE_NO_SUCH_TOKEN is not set here/,
  ])
    assert.match(text, line);
});
