import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { hosts, namespaceOf } from '@vestibule/local-network';

/** `make demo NET=zones`: a whole call through the two domains, looked at from the internet meanwhile. Needs root. */

const root = resolve(import.meta.dirname, '../../..');
const elastic = hosts.flatMap(({ elasticIp }) => elasticIp ?? []);

/** What answers to somebody outside, at both edges. */
async function lookFrom(host: 'internet' | 'carrier'): Promise<string> {
  const look = [process.execPath, join(import.meta.dirname, 'outside-look.ts'), ...elastic];
  const inside = [`--net=/run/netns/${namespaceOf(host)}`, ...look];
  return (await promisify(execFile)('nsenter', inside)).stdout;
}

/** While a call is on: to a stranger, and to the carrier, so that it is known that the look sees something. */
const lookAround = async () => ({ stranger: await lookFrom('internet'), carrier: await lookFrom('carrier') });

interface Demo {
  shown: string;
  code: number | null;
  looked: Awaited<ReturnType<typeof lookAround>> | undefined;
}

async function demo(): Promise<Demo> {
  const args = [join(root, 'local/stack/src/main.ts'), 'demo'];
  const env = { ...process.env, NET: 'zones', LOCAL_AWS_LATENCY: 'zero' };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let shown = '';
  let looking: ReturnType<typeof lookAround> | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (/ answer +full-name/.test(shown)) looking ??= lookAround();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { shown, code, looked: await looking };
}

test(
  'a call is taken from the carrier’s network to the archive, and to a stranger nothing answers',
  { timeout: 460_000 },
  async () => {
    const first = await demo();
    // As in ../call.test.ts: on few cores the recognisers may fall behind.
    const { shown, code, looked } = first.code === 0 ? first : await demo();
    assert.equal(code, 0, shown);
    assert.match(shown, /Intake: complete/);
    assert.match(shown, /recording\.opus/);
    assert.equal(looked?.stranger, '');
    for (const address of elastic)
      for (const answer of ['udp 5060: ', 'tcp 5060: takes a connection'])
        assert.ok(looked?.carrier.includes(`${address} ${answer}`), `${answer} ${looked?.carrier}`);
    const left = await promisify(execFile)('ip', ['netns', 'list']);
    assert.doesNotMatch(left.stdout, /vestibule-/, 'the network is gone with the stack');
  },
);
