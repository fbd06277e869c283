import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { callerMark, mintCallToken } from '@vestibule/call-token';
import { jsonLogger } from '@vestibule/core';
import { type RunningMcp, startMcp } from '../index.ts';
import { toolsConfig } from './config.ts';
import { type SpawnedBackend, spawnFlorizel } from './florizel.ts';

// The server over the backend's stand-in, for the tests of one file: imported, it starts before them and stops after them.

export const secret = 'the secret of the tests, long enough for HS256';
export const allow = ['search_knowledge', 'find_patient', 'create_case', 'update_case'];
/** Maria Alvarez, p-1001. */
export const callerNumber = '+15550100123';
const newPatient = new URL('../../../../examples/questionnaires/new-patient.yaml', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'vestibule-mcp-'));
export const log: string[] = [];
export const logger = jsonLogger('mcp', { write: (line) => log.push(line) });
export let backend: SpawnedBackend;
export let mcp: RunningMcp;
export const stops: (() => Promise<void>)[] = [];

before(async () => {
  writeFileSync(join(folder, 'broken.yaml'), 'title: New patient\n');
  copyFileSync(newPatient, join(folder, 'new-patient.yaml'));
  backend = await spawnFlorizel();
  mcp = await start(backend.url);
  await ready(mcp);
});
after(async () => {
  for (const stop of stops) await stop();
  await mcp.stop();
  await backend.stop();
  rmSync(folder, { recursive: true });
});

export function start(backendUrl: string): Promise<RunningMcp> {
  const environment = {
    config: join(folder, 'vestibule.yaml'),
    host: '127.0.0.1',
    port: 0,
    secret,
    backendUrl,
    backendToken: backend.token,
    // Nothing listens on the discard port.
    openSearchUrl: 'http://127.0.0.1:9',
  };
  return startMcp(environment, { tools: toolsConfig({ allow }), questionnaires: '.' }, logger);
}

async function ready({ url }: RunningMcp): Promise<void> {
  while ((await fetch(url.replace('/mcp', '/healthz'))).status !== 200);
}

interface Scope {
  callId?: string;
  verified?: boolean;
  tools?: string[];
  exp?: number;
  number?: string;
}
export function token(scope: Scope = {}): string {
  const { callId = 'call_1', verified = true, tools = allow, exp = 4e9, number = callerNumber } = scope;
  return mintCallToken({ callId, verified, tools, exp, caller: callerMark(callId, number, secret) }, secret);
}

export async function connect(scope: Scope = {}, to = mcp.url, bearer = token(scope)): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const headers = { authorization: `Bearer ${bearer}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(to), { requestInit: { headers } }));
  stops.push(() => client.close());
  return client;
}
export async function call(
  client: Client,
  name: string,
  args: object,
  meta?: object,
): Promise<CallToolResult> {
  const params = { name, arguments: { ...args }, ...(meta && { _meta: { ...meta } }) };
  return (await client.callTool(params)) as CallToolResult;
}
export const told = (result: CallToolResult) => {
  const [content] = result.content;
  assert.equal(content?.type, 'text');
  return JSON.parse(content.text) as {
    error?: string;
    speakable?: string;
    retryable?: boolean;
    faults?: unknown[];
  };
};
