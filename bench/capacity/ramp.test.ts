import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures } from '../../infra/cost/figures.ts';
import { breakingOrder } from './ramp.ts';
import { resourcesOf } from './resources/all.ts';
import { asDelivered } from './resources/deployment.ts';

const figures = Figures.load();
const first = (changed: Readonly<Record<string, number>>) => {
  const set = figures.with(changed);
  return breakingOrder(set, resourcesOf(set, asDelivered(set, 2)), 1, 100)[0]!;
};

test('a resource made small is the first to break, at the load that it suffices for', () => {
  const cases: [string, Record<string, number>, number][] = [
    ['Transcribe streams', { 'quota.transcribeStreams': 5, 'quota.fargateVcpus': 1000 }, 6],
    ['Bedrock tokens', { 'quota.bedrockTokens': 60_000 }, 3],
    ['edge: ports', { 'edge.ports': 14, 'edge.portsPerCopy': 0 }, 15],
    ['call log: memory', { 'store.shardGigabytes': 0.1 }, 4],
    ['agent tasks', { 'agent.mostTasks': 1 }, 5],
  ];
  for (const [name, changed, at] of cases) {
    const { resource, at: found } = first({ 'quota.fargateVcpus': 1000, ...changed });
    assert.equal(resource.name, name);
    assert.ok(Math.abs(found! - at) <= Math.max(2, 0.5 * at), `${name}: ${found} of about ${at}`);
  }
});

test('the same seed gives the same order at the same loads', () => {
  const run = (seed: number) =>
    breakingOrder(figures, resourcesOf(figures, asDelivered(figures, 2)), seed, 500).map(
      ({ resource, at }) => [resource.name, at],
    );
  assert.deepEqual(run(3), run(3));
  assert.notDeepEqual(run(3), run(4));
});
