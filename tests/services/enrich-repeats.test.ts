import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Handler } from '@vestibule/enrich';
import type { SQSEvent } from 'aws-lambda';
import { exampleResponse } from '../../apps/enrich/src/testing/record.ts';
import { type EnrichServices, startEnrichServices } from './enrich-services.ts';

/**
 * SQS delivers at least once and in any order, and two invocations may run at the same time. Whatever comes of that, with sinks
 * that fail now and then, what stands everywhere in the end is what one delivery in order leaves.
 */
const runs = 6;
const seed = 20261123;

let on: EnrichServices;
before(async () => {
  on = await startEnrichServices();
});
after(() => on.stop());

/** mulberry32: the same seed is the same run. */
function randomFrom(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const now = new Date('2026-11-23T15:00:20.000Z');
const amended = {
  ...exampleResponse,
  status: 'amended',
  item: [{ linkId: 'reason', answer: [{ valueString: 'again' }] }],
};
const names = ['plain', 'resealed', 'unrecorded', 'poison'] as const;
type Calls = Record<(typeof names)[number], string>;

const sealFirst = (calls: Calls) =>
  Promise.all([
    on.seal(calls.plain, { now }),
    on.seal(calls.resealed, { now }),
    on.seal(calls.unrecorded, { now, consent: false }),
    on.seal(calls.poison, { now, response: { resourceType: 'Patient' } }),
  ]);
const sealAgain = (calls: Calls) => on.seal(calls.resealed, { now, response: amended });

/** A queue as SQS is: what failed comes again. `disturb` runs before each batch. */
async function deliver(
  bodies: readonly string[],
  handlers: readonly Handler[],
  { batch, disturb }: { batch: () => number; disturb: () => Promise<void> },
): Promise<number> {
  let deliveries = 0;
  const queue = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
  const work = async (handler: Handler) => {
    for (let Records = queue.splice(0, batch()); Records.length > 0; Records = queue.splice(0, batch())) {
      deliveries += Records.length;
      assert.ok(deliveries < 2000, 'the queue does not become empty');
      await disturb();
      const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      queue.push(...Records.filter(({ messageId }) => failed.has(messageId)));
    }
  };
  await Promise.all(handlers.map(work));
  return deliveries;
}

/** All that stands about the calls, everywhere, without what is drawn or counted anew for each of them. */
async function stateOf(calls: Calls): Promise<unknown> {
  await on.calm();
  const states = await Promise.all(
    Object.entries(calls).map(async ([name, callId]) => {
      const prefix = `lakeside/2026/11/23/${callId}/`;
      const enrichment = (await on.read(`${prefix}enrichment.json`).catch(() => undefined)) ?? {};
      const last = (await on.announced(callId)).at(-1);
      const state = {
        document: await on.indexed(callId),
        cases: (await on.cases(callId)).map(
          ({ createdAt: _, updatedAt: __, reference: ___, ...kept }) => kept,
        ),
        fhir: on.filed(callId),
        enrichment,
        announced: last?.event.detail,
        letters: (await on.deadLetters(`/${callId}/`)).map(({ at: _, ...letter }) => letter),
      };
      return [name, normalised(JSON.stringify(state), callId)];
    }),
  );
  return Object.fromEntries(states);
}

function normalised(text: string, callId: string): unknown {
  const plain = text
    .replaceAll(callId, '<call>')
    .replaceAll(/"versionId":"\d+",|"lastUpdated":"[^"]+"/g, '')
    .replaceAll(/,(?=[}\]])/g, '')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replaceAll(/[0-9a-f]{64}/g, '<hash>')
    .replaceAll(/case_[0-9a-z]{20}/g, '<case>');
  return JSON.parse(plain);
}

const callsOf = (run: string) =>
  Object.fromEntries(names.map((name) => [name, `call_${run}_${name}`])) as Calls;

test(`whatever comes twice, out of order or at once, with failing sinks: ${runs} runs end as one in order`, async (t) => {
  const bodyOf = async (prefix: string) => JSON.stringify(await on.eventFor(prefix));
  const plain = callsOf('ordered');
  const prefixes = await sealFirst(plain);
  await sealAgain(plain);
  const ordered = { batch: () => 1, disturb: async () => undefined };
  await deliver(await Promise.all(prefixes.map(bodyOf)), [on.handlerOver()], ordered);
  const expected = await stateOf(plain);
  assert.match(
    JSON.stringify(expected),
    /"status":"amended"[^]*"code":"invalid-response"/,
    'there is something to compare',
  );

  for (let run = 0; run < runs; run++) {
    const random = randomFrom(seed + run);
    const upTo = (count: number) => Math.floor(random() * count);
    const calls = callsOf(`run${run}`);
    const bodies = await Promise.all((await sealFirst(calls)).map(bodyOf));
    const many = bodies.flatMap((body) => Array.from({ length: 1 + upTo(3) }, () => body));
    const shuffled = many
      .map((body) => ({ body, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ body }) => body);
    // The second sealing happens somewhere on the way; its own event, the same text, comes after it.
    let untilAgain = upTo(4);
    // The one that waits for the other spins here, where a queue would hide its messages for a while: it must not keep on disturbing.
    let trouble = 8;
    const faults = [
      () => on.backendFault('refuse', 1),
      () => on.backendFault('error', 1),
      () => on.fhirFault('unavailable', 1),
      () => on.fhirFault('after', 1),
      () => on.eventFault('throttle'),
    ];
    const disturb = async () => {
      if (untilAgain-- === 0) await sealAgain(calls);
      if (random() < 0.4 && trouble-- > 0) await faults[upTo(faults.length)]!();
    };
    const two = [on.handlerOver(), on.handlerOver()];
    const chance = { batch: () => 1 + upTo(4), disturb };
    let deliveries = await deliver(shuffled, two, chance);
    while (untilAgain >= 0) await disturb();
    deliveries += await deliver([...shuffled, bodies[1]!], two, chance);
    assert.deepEqual(await stateOf(calls), expected, `seed ${seed + run}`);
    t.diagnostic(`seed ${seed + run}: ${shuffled.length} messages, ${deliveries} deliveries`);
  }
});
