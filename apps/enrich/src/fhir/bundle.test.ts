import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bundle, Communication, FhirResource, Provenance } from 'fhir/r4.d.ts';
import { Fhir } from 'fhirjs';
import { reviewFlags } from '../enrichment/red-flags.ts';
import { exampleRecord } from '../testing/record.ts';
import { callBundle } from './bundle.ts';
import { searchFor } from './names.ts';
import { uuidOf } from './uuid.ts';

const record = exampleRecord('call_1');
const bundle = callBundle(record, reviewFlags(record));
type Of<Type> = Extract<FhirResource, { resourceType: Type }>;
const of = <Type extends FhirResource['resourceType']>(type: Type): Of<Type>[] =>
  (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === type ? [resource as Of<Type>] : [],
  );

/** Held to R4's own definitions by another hand than ours (`fhir` on npm). A tag is anybody's to name: the value set of tags is an example. */
function faultsOf(resource: object): string[] {
  const { messages } = new Fhir().validate(resource, { errorOnUnexpected: true });
  return messages
    .filter(({ location }) => !location?.endsWith('.meta.tag[0]'))
    .map(({ severity, location, message }) => `${severity} ${location}: ${message}`);
}

describe('the Bundle of a call', () => {
  test('is valid R4, every code in its value set', () => {
    assert.deepEqual(faultsOf(bundle), []);
    assert.notDeepEqual(faultsOf({ ...bundle, type: 'other' }), [], 'the validator does look');
  });

  test('is valid R4 without consent, and whatever became of a flag', () => {
    const withheld = exampleRecord('call_1', { consent: false });
    assert.deepEqual(faultsOf(callBundle(withheld, reviewFlags(withheld))), []);
    const [flag] = reviewFlags(record);
    for (const staff of ['told', 'not-told', 'not-known', 'not-needed'] as const) {
      for (const severity of ['emergency', 'urgent', 'concern', 'other']) {
        assert.deepEqual(faultsOf(callBundle(record, [{ ...flag!, staff, severity }])), []);
      }
    }
  });

  test('conditions each entry on a name made of the callId, so that it can be posted again', () => {
    assert.deepEqual(
      bundle.entry?.map(({ request }) => [
        request?.method,
        decodeURIComponent(request?.url ?? ''),
        request?.ifNoneExist,
      ]),
      [
        ['PUT', 'QuestionnaireResponse?identifier=https://vestibule.example/fhir/call|call_1', undefined],
        ['PUT', 'Provenance?_tag=https://vestibule.example/fhir/call|call_1', undefined],
        [
          'PUT',
          'Communication?identifier=https://vestibule.example/fhir/call/red-flag|call_1/chest-pain',
          undefined,
        ],
        ['POST', 'AuditEvent', '_tag=https%3A%2F%2Fvestibule.example%2Ffhir%2Fcall%7Ccall_1'],
      ],
    );
  });

  test('is the same for the same record, and another for another call', () => {
    assert.deepEqual(callBundle(structuredClone(record), reviewFlags(record)), bundle);
    const other = exampleRecord('call_2');
    const urls = (one: Bundle) => one.entry?.map(({ fullUrl }) => fullUrl) ?? [];
    const all = [...urls(bundle), ...urls(callBundle(other, reviewFlags(other)))];
    assert.equal(new Set(all).size, 8);
    for (const url of all)
      assert.match(
        url ?? '',
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
  });

  test('refers to the response by its fullUrl, but not from the audit event, which outlives it', () => {
    const response = bundle.entry?.[0]?.fullUrl;
    assert.deepEqual(of('Provenance')[0]?.target, [{ reference: response }]);
    assert.deepEqual(of('Communication')[0]?.about, [{ reference: response }]);
    assert.doesNotMatch(JSON.stringify(of('AuditEvent')), /"reference":/);
  });

  test('holds the response as it was sealed, its id left to the server', () => {
    const [response] = of('QuestionnaireResponse');
    assert.equal(response?.id, undefined);
    assert.deepEqual(response?.item, record.resource['item']);
    assert.equal(response?.questionnaire, 'urn:new-patient|1.0.0');
  });

  test('names the signed root as the source, and caller and software as agents', () => {
    const [{ entity, agent, recorded } = {} as Provenance] = of('Provenance');
    assert.equal(entity?.[0]?.what.identifier?.value, record.root.root);
    assert.deepEqual(
      agent?.map(({ type, who }) => [type?.coding?.[0]?.code, who.display]),
      [
        ['assembler', 'Vestibule telephone intake'],
        ['informant', 'The caller'],
      ],
    );
    assert.equal(recorded, record.root.at);
  });

  test('says of a flag which rule it was and how grave, and nothing that the caller said', () => {
    const [{ status, priority, sent, payload } = {} as Communication] = of('Communication');
    assert.deepEqual([status, priority, sent], ['completed', 'stat', '2026-11-23T15:00:11.000Z']);
    assert.equal(
      payload?.[0]?.contentString,
      'Red flag "chest-pain" (emergency) in a telephone intake: see the response.',
    );
    for (const resource of [...of('Communication'), ...of('Provenance'), ...of('AuditEvent')]) {
      assert.doesNotMatch(JSON.stringify(resource), /knee|Alvarez|1984|stairs/);
    }
  });
});

test('a name-based UUID is as RFC 9562 has it', () => {
  assert.equal(uuidOf('a'), uuidOf('a'));
  assert.notEqual(uuidOf('a'), uuidOf('b'));
});

test('separators in what is searched for are escaped', () => {
  assert.equal(
    decodeURIComponent(searchFor('identifier', { system: 'urn:x', value: 'a|b,c$d\\' })),
    'identifier=urn:x|a\\|b\\,c\\$d\\\\',
  );
});
