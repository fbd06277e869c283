import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Figures } from '../../infra/cost/figures.ts';
import { simulateMorning } from './morning.ts';
import { sizedFor } from './resources/deployment.ts';

const figures = Figures.load();
const deployment = sizedFor(figures, 300);
const base = {
  figures,
  deployment,
  calls: 300,
  seed: 2,
  leastTasks: deployment.agentTasks,
  losesZone: false,
};
const refused = ({ outcome }: ReturnType<typeof simulateMorning>) =>
  [...outcome.refused.values()].reduce((sum, each) => sum + each, 0);

test('what is sized for so many calls refuses none of them, and few callers wait', () => {
  const morning = simulateMorning(base);
  assert.equal(refused(morning), 0);
  assert.equal(morning.outcome.abandoned, 0);
  assert.ok(morning.peak > 270 && morning.peak < 400, String(morning.peak));
});

test('with too few hosts calls are refused, with too few agents callers give up', () => {
  const sip = { ...deployment.sip, perZone: 1, vcpus: 1 };
  assert.ok(refused(simulateMorning({ ...base, deployment: { ...deployment, sip } })) > 0);
  const short = simulateMorning({ ...base, leastTasks: 10, deployment: { ...deployment, agentTasks: 50 } });
  assert.ok(short.outcome.abandoned > 0);
});

test('the other zones carry the calls when one is lost', () => {
  const morning = simulateMorning({ ...base, losesZone: true });
  assert.ok(morning.outcome.cutOff > 50);
  assert.ok(refused(morning) / morning.outcome.arrived < 0.01);
});
