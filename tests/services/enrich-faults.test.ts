import assert from 'node:assert/strict';
import { after, before, describe, mock, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import type { Handler } from '@vestibule/enrich';
import { eraseCall } from '@vestibule/record';
import type { S3Event, SQSEvent } from 'aws-lambda';
import { type EnrichServices, startEnrichServices } from './enrich-services.ts';

let on: EnrichServices;
let handler: Handler;
before(async () => {
  on = await startEnrichServices();
  handler = on.handlerOver();
});
after(() => on.stop());

describe('what cannot be done', () => {
  test('ever, is put among the dead letters with its reason, and the rest of the event goes on', async () => {
    const good = await on.eventFor(await on.seal('call_e5'));
    const bad = await on.eventFor(
      await on.seal('call_e6', { response: { resourceType: 'Patient', name: 'Maria' } }),
    );
    await on.put('t/call_e7/manifest.json', '{"version":2,"words":"my knee"}');
    const worse = await on.eventFor('t/call_e7');
    const missing = structuredClone(worse);
    for (const { s3: of } of missing.Records) of.object.key = 't/none/manifest.json';
    const Records = [bad, worse, missing, good].flatMap((event) => event.Records);
    assert.deepEqual(await handler({ Records }), { batchItemFailures: [] });
    assert.equal((await on.cases('call_e5')).length, 1);
    const letters = await Promise.all(
      ['/call_e6/', '/call_e7/', '/none/'].map((name) => on.deadLetters(name)),
    );
    assert.deepEqual(
      letters.map((some) => some.map(({ code }) => code)),
      [['invalid-response'], ['invalid-manifest'], ['missing-object']],
    );
    for (const { remedy } of letters.flat()) assert.match(String(remedy), /\w/);
    assert.doesNotMatch(JSON.stringify(letters), /Maria|knee/);
  });

  test('until somebody mends it, is done when the letter’s event is sent again', async () => {
    const prefix = await on.seal('call_e18');
    const event = await on.eventFor(prefix);
    const key = await on.read(`${prefix}/key.json`);
    await on.remove(`${prefix}/key.json`);
    await handler(event);
    const [letter] = await on.deadLetters('/call_e18/');
    assert.deepEqual([letter?.['code'], letter?.['detail']], ['missing-object', 'key.json']);
    await on.put(`${prefix}/key.json`, JSON.stringify(key));
    await handler(letter?.['event'] as S3Event);
    assert.equal((await on.cases('call_e18')).length, 1);
  });

  test('as the FHIR server refuses it, is put away with the server’s reason', async () => {
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'x', answer: [] }],
    };
    await handler(await on.eventFor(await on.seal('call_e14', { response })));
    const [letter] = await on.deadLetters('/call_e14/');
    assert.deepEqual(
      [letter?.['code'], letter?.['detail']],
      ['fhir-refused', 'status 422, value Bundle.entry[0].resource.item[0].answer'],
    );
    assert.deepEqual({ ...on.filed('call_e14') }, {}, 'all or nothing');
  });

  test('as the call’s data was erased, is nothing to be done', async () => {
    const prefix = await on.seal('call_e19');
    await eraseCall(on.archive, `${prefix}/`, {
      callId: 'call_e19',
      at: new Date().toISOString(),
      who: 't',
      reason: 'r',
    });
    assert.deepEqual(await handler(await on.eventFor(prefix)), { batchItemFailures: [] });
    assert.deepEqual([await on.deadLetters('/call_e19/'), await on.cases('call_e19')], [[], []]);
  });

  test('as the call was erased while copies were made, is told to whoever erases', async () => {
    const prefix = await on.seal('call_e20');
    const fetch: typeof globalThis.fetch = async (...request) => {
      await on.remove(`${prefix}/key.json`);
      return globalThis.fetch(...request);
    };
    await on.handlerOver({ fhir: { ...on.services.fhir!, fetch } })(await on.eventFor(prefix));
    const [letter] = await on.deadLetters('/call_e20/');
    assert.equal(letter?.['code'], 'erased');
    assert.match(String(letter?.['remedy']), /record erase/);
    assert.deepEqual(await on.announced('call_e20'), []);
    await assert.rejects(on.read(`${prefix}/enrichment.json`));
  });

  test('as an object is not the one the manifest names, comes again', async () => {
    const prefix = await on.seal('call_e8');
    await on.put(`${prefix}/entries.jsonl`, '');
    await assert.rejects(handler(await on.eventFor(prefix)), (error) =>
      isCodedError(error, 'object-mismatch'),
    );
    assert.equal(await on.indexed('call_e8'), undefined);
  });

  test('while the backend is down, is done when it is back', async () => {
    const event = await on.eventFor(await on.seal('call_e9'));
    await on.backendFault('refuse', 1);
    await assert.rejects(handler(event), (error) => isCodedError(error, 'backend-unavailable'));
    await handler(event);
    assert.equal((await on.cases('call_e9')).length, 1);
  });

  test('while the FHIR server is down, is done when it is back, also when only its answer was lost', async () => {
    for (const [index, kind] of (['throttle', 'unavailable', 'conflict', 'after'] as const).entries()) {
      const callId = `call_e15_${index}`;
      const event = await on.eventFor(await on.seal(callId));
      await on.fhirFault(kind, 1);
      await assert.rejects(handler(event), (error) => isCodedError(error, 'fhir-unavailable'));
      await handler(event);
      const filed = Object.values(on.filed(callId));
      assert.deepEqual(
        filed.map(({ length }) => length),
        [1, 1, 1, 1],
        kind,
      );
    }
  });

  test('while the bus takes nothing, is announced when it does', async () => {
    for (const [index, kind] of (['throttle', 'error'] as const).entries()) {
      const callId = `call_e17_${index}`;
      const event = await on.eventFor(await on.seal(callId));
      await on.eventFault(kind);
      await assert.rejects(handler(event), (error) => isCodedError(error, 'events-unavailable'));
      assert.deepEqual(await on.announced(callId), []);
      await handler(event);
      assert.equal((await on.announced(callId)).length, 1);
    }
  });

  test('through a queue, comes again by itself; poison does not', async () => {
    const good = await on.eventFor(await on.seal('call_e10'));
    const later = await on.eventFor(await on.seal('call_e21'));
    const message = (messageId: string, body: string) => ({ messageId, body });
    const Records = [
      message('m0', 'my knee hurts'),
      message('m1', JSON.stringify({ Records: [{}] })),
      message('m2', JSON.stringify(later)),
      message('m3', JSON.stringify(good)),
      message('m4', JSON.stringify(good)),
    ];
    await on.backendFault('refuse', 1);
    const event = { Records } as unknown as SQSEvent;
    assert.deepEqual(await handler(event), { batchItemFailures: [{ itemIdentifier: 'm2' }] });
    assert.deepEqual([(await on.cases('call_e10')).length, (await on.cases('call_e21')).length], [1, 0]);
    const letters = [...(await on.deadLetters('/events/m0')), ...(await on.deadLetters('/events/m1'))];
    assert.deepEqual(
      letters.map(({ code }) => code),
      ['invalid-event', 'invalid-event'],
    );
    assert.doesNotMatch(JSON.stringify(letters), /knee/);
  });

  test('leaves nothing of a caller’s in the log', async () => {
    const lines = await logged(async () => {
      const event = await on.eventFor(await on.seal('call_e22'));
      await on.fhirFault('unavailable', 1);
      await assert.rejects(handler(event));
      await handler(event);
    });
    assert.match(lines, /fhir-unavailable[^]*"call done"/);
    assert.doesNotMatch(lines, /knee|Alvarez|1984|stairs|5550100123/);
  });
});

/** What is written to the process's streams meanwhile; it is written all the same, as the test runner speaks there too. */
async function logged(work: () => Promise<void>): Promise<string> {
  const pieces: string[] = [];
  const spied = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream) as (...piece: unknown[]) => boolean;
    return mock.method(stream, 'write', (...piece: unknown[]) => {
      pieces.push(String(piece[0]));
      return write(...piece);
    });
  });
  try {
    await work();
  } finally {
    for (const spy of spied) spy.mock.restore();
  }
  return pieces.join('');
}
