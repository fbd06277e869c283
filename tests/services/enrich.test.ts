import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from '@opensearch-project/opensearch';
import { isCodedError } from '@vestibule/core';
import type { Handler } from '@vestibule/enrich';
import type { SQSEvent } from 'aws-lambda';
import { eventFaults } from '../../apps/enrich/src/testing/event-schema.ts';
import { type EnrichServices, startEnrichServices } from './enrich-services.ts';

let on: EnrichServices;
let handler: Handler;

before(async () => {
  on = await startEnrichServices();
  handler = on.handlerOver();
});
after(() => on.stop());

const codes = [{ system: 'urn:plans', code: 'BLUE', display: 'Bluewater Health' }];

describe('a sealed call', () => {
  test('is found in search, filed in the backend and told of beside its manifest', async () => {
    const prefix = await on.seal('call_e1');
    assert.deepEqual(await handler(await on.eventFor(prefix)), { batchItemFailures: [] });
    const document = await on.indexed('call_e1');
    assert.equal(document?.['reason'], 'My knee hurts on the stairs');
    assert.match(String(document?.['transcript']), /^agent: Why are you calling\?\ncaller: my knee/);
    await on.openSearch.indices.refresh({ index: 'calls' });
    const search = { query: { match: { transcript: 'knees' } } };
    const hits = (await on.openSearch.search({ index: 'calls', body: search })).body.hits.hits;
    assert.equal(hits[0]?._id, 'call_e1');
    const [filed, ...others] = await on.cases('call_e1');
    assert.deepEqual([others, filed?.['priority'], filed?.['codes']], [[], 'urgent', codes]);
    const told = await on.read(`${prefix}/enrichment.json`);
    assert.deepEqual([told['callId'], told['caseId']], ['call_e1', filed?.['caseId']]);
  });

  test('is on the FHIR server: the response, where it is from, that it was written, and its red flag', async () => {
    const prefix = await on.seal('call_e12');
    await handler(await on.eventFor(prefix));
    const { QuestionnaireResponse, Provenance, AuditEvent, Communication, ...others } = on.filed('call_e12');
    const place = `QuestionnaireResponse/${QuestionnaireResponse?.[0]?.id}`;
    assert.deepEqual(others, {});
    assert.deepEqual(
      [QuestionnaireResponse, Provenance, AuditEvent, Communication].map((some) => some?.length),
      [1, 1, 1, 1],
    );
    assert.deepEqual(Provenance?.[0]?.['target'], [{ reference: place }]);
    assert.deepEqual(Communication?.[0]?.['about'], [{ reference: place }]);
    assert.equal(Communication?.[0]?.['priority'], 'stat');
    assert.equal((await on.read(`${prefix}/enrichment.json`))['fhir'], place);
    const root = (await on.read(`${prefix}/root.json`))['statement'] as { root: string };
    assert.match(JSON.stringify(Provenance?.[0]?.['entity']), new RegExp(root.root));
  });

  test('is announced on the bus when all is there, in the form that the schema promises', async () => {
    const prefix = await on.seal('call_e16');
    await handler(await on.eventFor(prefix));
    const [{ bus, event } = assert.fail('not announced'), ...others] = await on.announced('call_e16');
    assert.deepEqual(others, []);
    assert.deepEqual(
      [bus, event.source, event['detail-type']],
      ['intake', 'vestibule.enrich', 'vestibule.intake.completed'],
    );
    assert.deepEqual(eventFaults(event.detail), []);
    assert.doesNotMatch(JSON.stringify(event), /knee|Alvarez|1984|stairs/);
    const { archive, caseId, fhir } = event.detail as {
      archive: { enrichment: string };
      caseId: string;
      fhir: string;
    };
    const told = await on.read(archive.enrichment);
    assert.deepEqual([told['caseId'], told['fhir']], [caseId, fhir]);
    await handler(await on.eventFor(prefix));
    const ids = (await on.announced('call_e16')).map(({ event: one }) => one.detail['id']);
    assert.equal(new Set(ids).size, 1, 'a repetition is known by its id');
  });

  test('whose event comes twice, even at once, changes nothing more', async () => {
    const prefix = await on.seal('call_e2');
    const event = await on.eventFor(prefix);
    await Promise.allSettled([handler(event), handler(event)]);
    await handler(event);
    const once = await on.cases('call_e2');
    assert.equal(once.length, 1);
    await handler(event);
    assert.deepEqual(await on.cases('call_e2'), once);
    for (const some of Object.values(on.filed('call_e2'))) assert.equal(some.length, 1);
    assert.ok(
      (await on.versionsOf(`${prefix}/enrichment.json`)).length <= 2,
      'the two that ran at once at most',
    );
  });

  test('without consent leaves nothing of what was spoken in search', async () => {
    await handler(await on.eventFor(await on.seal('call_e3', { consent: false })));
    const document = await on.indexed('call_e3');
    assert.equal(document?.['recorded'], false);
    assert.equal(document?.['transcript'], undefined);
    assert.equal((document?.['quality'] as Record<string, unknown>)['turns'], undefined);
  });

  test('that was sealed twice counts as it was sealed last, whichever event comes last', async () => {
    const event = await on.eventFor(await on.seal('call_e4'));
    await on.openSearch.index({
      index: 'calls',
      id: 'call_e4',
      version: Date.now() + 60_000,
      version_type: 'external_gte',
      body: { callId: 'call_e4', reason: 'from a later sealing' },
    });
    assert.deepEqual(await handler(event), { batchItemFailures: [] });
    assert.equal((await on.indexed('call_e4'))?.['reason'], 'from a later sealing');
    assert.deepEqual(await on.cases('call_e4'), []);
    assert.deepEqual({ ...on.filed('call_e4') }, {});
  });

  test('goes into an index of an earlier version, which gets the members that it lacks', async () => {
    await on.openSearch.indices.delete({ index: 'calls-1' });
    const mappings = { dynamic: 'strict' as const, properties: { callId: { type: 'keyword' as const } } };
    await on.openSearch.indices.create({ index: 'calls-1', body: { aliases: { calls: {} }, mappings } });
    const openSearch = new Client({ node: on.engineUrl });
    await on.handlerOver({ openSearch })(await on.eventFor(await on.seal('call_e11')));
    await openSearch.close();
    assert.equal((await on.indexed('call_e11'))?.['reason'], 'My knee hurts on the stairs');
  });

  test('needs neither a FHIR server nor a bus nor the questionnaires', async () => {
    const prefix = await on.seal('call_e13');
    const without = on.handlerOver({ fhir: undefined, events: undefined, questionnaires: new Map() });
    assert.deepEqual(await without(await on.eventFor(prefix)), { batchItemFailures: [] });
    assert.deepEqual({ ...on.filed('call_e13') }, {});
    assert.equal((await on.indexed('call_e13'))?.['reviewed'], false);
  });
});

describe('what cannot be done', () => {
  test('ever, is reported with its code, and the rest of the event goes on', async () => {
    const good = await on.eventFor(await on.seal('call_e5'));
    const bad = await on.eventFor(await on.seal('call_e6', { response: { resourceType: 'Patient' } }));
    await on.put('t/call_e7/manifest.json', '{"version":2}');
    const worse = await on.eventFor('t/call_e7');
    const missing = structuredClone(worse);
    for (const { s3: of } of missing.Records) of.object.key = 't/none/manifest.json';
    const Records = [bad, worse, missing, good].flatMap((event) => event.Records);
    const { batchItemFailures } = await handler({ Records });
    assert.deepEqual(
      batchItemFailures.map(({ code }) => code),
      ['invalid-response', 'invalid-manifest', 'missing-object'],
    );
    assert.equal((await on.cases('call_e5')).length, 1);
  });

  test('as the FHIR server refuses it, is reported with the server’s reason', async () => {
    const response = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      item: [{ linkId: 'x', answer: [] }],
    };
    const event = await on.eventFor(await on.seal('call_e14', { response }));
    assert.deepEqual(
      (await handler(event)).batchItemFailures.map(({ code }) => code),
      ['fhir-refused'],
    );
    assert.deepEqual({ ...on.filed('call_e14') }, {}, 'all or nothing');
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

  test('through a queue, comes again by itself', async () => {
    const good = await on.eventFor(await on.seal('call_e10'));
    const message = (messageId: string, body: unknown) => ({ messageId, body: JSON.stringify(body) });
    const event = { Records: [message('m1', { Records: [{}] }), message('m2', good)] } as unknown as SQSEvent;
    assert.deepEqual(await handler(event), { batchItemFailures: [{ itemIdentifier: 'm1' }] });
    assert.equal((await on.cases('call_e10')).length, 1);
  });
});
