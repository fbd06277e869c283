import { fileURLToPath } from 'node:url';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { callerMark, mintCallToken } from '@vestibule/call-token';
import { jsonLogger } from '@vestibule/core';
import { startFlorizel } from '@vestibule/local-florizel';
import { startMcp } from '@vestibule/mcp';
import { McpLink } from '@vestibule/mcp-client';
import { toolsConfig } from '../../apps/mcp/src/testing/config.ts';

/**
 * What MCP costs beside the backend's own HTTP: the same request to the same backend, by the agent's client through the MCP server, and by
 * fetch. One at a time and in turn, so that both see the same machine. `--calls N`.
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '2000' } } });
const calls = Number(values.calls);
const warmUp = Math.min(200, calls);
const secret = 'the secret of the bench, long enough for HS256';
const backendToken = 'the token of the bench';
const number = '+15550100123';
const logger = jsonLogger('bench', { write: () => undefined });

const florizel = await startFlorizel(
  { host: '127.0.0.1', port: 0, token: backendToken, data: undefined },
  logger,
);
const allow = ['find_patient', 'create_case'];
const mcp = await startMcp(
  {
    ...{
      config: fileURLToPath(new URL('../../vestibule.yaml', import.meta.url)),
      host: '127.0.0.1',
      port: 0,
      secret,
    },
    ...{ backendUrl: florizel.url, backendToken, openSearchUrl: 'http://127.0.0.1:9' },
  },
  { tools: toolsConfig({ allow }), questionnaires: 'examples/questionnaires' },
  logger,
);
while ((await fetch(mcp.url.replace('/mcp', '/healthz'))).status !== 200);
const callId = 'call_bench';
const token = mintCallToken(
  { callId, verified: true, tools: allow, exp: 4e9, caller: callerMark(callId, number, secret) },
  secret,
);
const link = await McpLink.open({ name: 'vestibule', url: mcp.url, token, timeoutMs: 8000 });
const headers = { authorization: `Bearer ${backendToken}`, 'content-type': 'application/json' };

/** Each pair does the same to the backend. */
const pairs = {
  find_patient: {
    direct: () => fetch(`${florizel.url}/patients?phone=${encodeURIComponent(number)}`, { headers }),
    mcp: (key: string) => link.call('find_patient', { phone: number }, key),
  },
  create_case: {
    direct: (key: string) =>
      fetch(`${florizel.url}/cases`, {
        method: 'POST',
        headers: { ...headers, 'idempotency-key': `direct:${key}` },
        body: JSON.stringify({ reason: 'A refill', callId }),
      }),
    mcp: (key: string) => link.call('create_case', { reason: 'A refill' }, key),
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const answer = await work();
  if (answer instanceof Response) {
    if (!answer.ok) throw new Error(`the backend answered ${answer.status}`);
    await answer.json();
  } else if ((answer as { failed: boolean }).failed) throw new Error('the tool failed');
  return performance.now() - began;
}

const at = (sorted: readonly number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
const ms = (value: number) => value.toFixed(2);

process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, ${calls} calls each\n\n`,
);
process.stdout.write(
  '| tool | direct P50 / P99 ms | MCP P50 / P99 ms | overhead P50 / P99 ms | ratio P50 |\n|---|---|---|---|---|\n',
);
for (const [name, pair] of Object.entries(pairs)) {
  const [direct, through]: [number[], number[]] = [[], []];
  for (let call = -warmUp; call < calls; call++) {
    const [one, other] = [
      await timed(() => pair.direct(`${name}${call}`)),
      await timed(() => pair.mcp(`${name}${call}`)),
    ];
    if (call < 0) continue;
    direct.push(one);
    through.push(other);
  }
  // Of each pair, so that a slow moment of the machine does not look like MCP's.
  const over = through.map((value, index) => value - (direct[index] ?? 0)).sort((a, b) => a - b);
  for (const values of [direct, through]) values.sort((a, b) => a - b);
  const both = (sorted: readonly number[]) => `${ms(at(sorted, 0.5))} / ${ms(at(sorted, 0.99))}`;
  const ratio = at(through, 0.5) / at(direct, 0.5);
  process.stdout.write(
    `| ${name} | ${both(direct)} | ${both(through)} | ${both(over)} | ${ratio.toFixed(1)} |\n`,
  );
}
await link.close();
await mcp.stop();
await florizel.stop();
