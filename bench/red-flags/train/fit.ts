import { type ModelFile, scaleOf } from '../../../packages/questionnaire/src/red-flags/likeness/model.ts';
import { randomFrom } from './random.ts';
import type { Row } from './rows.ts';

const epochs = 25;
const decay = 1e-5;
/** A miss weighs more than a false alarm. */
const ofPositives = 2;
const seenAtLeast = 2;

interface Weights {
  bias: number;
  of: Float64Array;
}

/** Logistic regression for each flag (Adagrad, fixed seed): once over all features, once more over the `size` that weigh most. */
export function fit(rows: readonly Row[], flags: readonly string[], size: number): ModelFile {
  const seen = new Map<string, number>();
  for (const { features } of rows) for (const name of features) seen.set(name, (seen.get(name) ?? 0) + 1);
  const all = [...seen].filter(([, times]) => times >= seenAtLeast).map(([name]) => name);
  const first = flags.map((flag) => fitFlag(rows, all, flag));
  const importance = all.map((name, at) => {
    const most = Math.max(...first.map(({ of }) => Math.abs(of[at]!)));
    return { name, weight: most * Math.sqrt(Math.min(20, seen.get(name)!)) };
  });
  const features = importance
    .sort((a, b) => b.weight - a.weight)
    .slice(0, size)
    .map(({ name }) => name)
    .sort();
  return pack(
    flags,
    features,
    flags.map((flag) => fitFlag(rows, features, flag)),
  );
}

function fitFlag(rows: readonly Row[], features: readonly string[], flag: string): Weights {
  const index = new Map(features.map((name, at) => [name, at]));
  const known = rows.map((row) => row.features.flatMap((name) => index.get(name) ?? []));
  const wanted = rows.map((row) => row.flags.includes(flag));
  const weights = { bias: -2, of: new Float64Array(features.length) };
  const slopes = new Float64Array(features.length).fill(1e-8);
  const random = randomFrom(1);
  const order = rows.map((_, at) => at);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) learn(weights, slopes, known[row]!, wanted[row]!);
  }
  return weights;
}

function learn(weights: Weights, slopes: Float64Array, known: readonly number[], wanted: boolean): void {
  const scale = scaleOf(known.length);
  const sum = known.reduce((total, at) => total + weights.of[at]! * scale, weights.bias);
  const error = (1 / (1 + Math.exp(-sum)) - Number(wanted)) * (wanted ? ofPositives : 1);
  if (Math.abs(error) < 1e-3) return;
  weights.bias -= 0.02 * error;
  for (const at of known) {
    const slope = error * scale + decay * weights.of[at]!;
    slopes[at]! += slope * slope;
    weights.of[at]! -= (0.5 * slope) / Math.sqrt(slopes[at]!);
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}

/** Each weight as a signed byte. */
function pack(flags: readonly string[], features: readonly string[], fitted: readonly Weights[]): ModelFile {
  const step = fitted.map(({ of }) => of.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127);
  const bytes = new Int8Array(features.length * flags.length);
  fitted.forEach(({ of }, flag) => {
    of.forEach((weight, at) => (bytes[at * flags.length + flag] = Math.round(weight / step[flag]!)));
  });
  return {
    flags: [...flags],
    bias: fitted.map(({ bias }) => Number(bias.toFixed(4))),
    step: step.map((one) => Number(one.toPrecision(6))),
    features: [...features],
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}
