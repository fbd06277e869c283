import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from '@opensearch-project/opensearch';
import { isCodedError } from '@vestibule/core';
import type { Handler } from '@vestibule/enrich';
import { eventFaults } from '../../apps/enrich/src/testing/event-schema.ts';
import { type EnrichServices, startEnrichServices } from './enrich-services.ts';

const codes = [{ system: 'urn:plans', code: 'BLUE', display: 'Bluewater Health' }];

let on: EnrichServices;
let handler: Handler;
before(async () => {
  on = await startEnrichServices();
  handler = on.handlerOver();
});
after(() => on.stop());

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
    const [one, other] = await Promise.allSettled([handler(event), handler(event)]);
    const refused = [one, other].flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    assert.ok(refused.length === 1 && isCodedError(refused[0], 'in-progress'), 'one at a time');
    const once = await on.cases('call_e2');
    assert.equal(once.length, 1);
    await handler(event);
    assert.deepEqual(await on.cases('call_e2'), once);
    for (const some of Object.values(on.filed('call_e2'))) {
      assert.deepEqual(
        some.map(({ meta }) => meta?.['versionId']),
        ['1'],
      );
    }
    assert.equal((await on.versionsOf(`${prefix}/enrichment.json`)).length, 1);
    assert.equal((await on.announced('call_e2')).length, 1);
  });

  test('that is sealed again is enriched again', async () => {
    await handler(await on.eventFor(await on.seal('call_e23')));
    const response = { resourceType: 'QuestionnaireResponse', status: 'amended' };
    await handler(await on.eventFor(await on.seal('call_e23', { response })));
    const { QuestionnaireResponse = [], AuditEvent = [] } = on.filed('call_e23');
    assert.deepEqual(
      QuestionnaireResponse.map(({ status }) => status),
      ['amended'],
    );
    assert.deepEqual(
      AuditEvent.map(({ meta }) => meta?.['versionId']),
      ['1'],
      'the audit event is never changed',
    );
  });

  test('that is sealed again while an invocation still works on what it read before ends as it was sealed last', async () => {
    const event = await on.eventFor(await on.seal('call_e24'));
    const [reached, open] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const fetch: typeof globalThis.fetch = async (...request) => {
      reached.resolve();
      await open.promise;
      return globalThis.fetch(...request);
    };
    const slow = on.handlerOver({ backend: { ...on.services.backend, fetch } })(event);
    await reached.promise;
    await on.seal('call_e24', { response: { resourceType: 'QuestionnaireResponse', status: 'amended' } });
    const refusal = await handler(event).catch((error: unknown) => error);
    open.resolve();
    await slow;
    if (isCodedError(refusal, 'in-progress')) await handler(event);
    assert.equal(on.filed('call_e24').QuestionnaireResponse?.[0]?.['status'], 'amended');
    assert.equal((await on.indexed('call_e24'))?.['reason'], undefined);
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
