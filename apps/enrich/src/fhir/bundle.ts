import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4.d.ts';
import type { CallRecord } from '../enrichment/enrichment.ts';
import type { ReviewedFlag } from '../enrichment/red-flags.ts';
import { auditEvent } from './audit-event.ts';
import { communication } from './communication.ts';
import { callIdentifier, flagIdentifier, searchFor } from './names.ts';
import { provenance } from './provenance.ts';
import { intakeResponse } from './response.ts';
import { uuidOf } from './uuid.ts';

/**
 * A call as a transaction (hl7.org/fhir/R4/http.html#transaction), made from the record alone: the same record gives the same bytes.
 * Posted again it changes what it made before: conditional updates, by identifier where R4 gives a type one, else by `_tag`. The
 * AuditEvent is created once and never changed. Entry 0 is the QuestionnaireResponse.
 */
export function callBundle(record: CallRecord, flags: readonly ReviewedFlag[]): Bundle {
  const { callId } = record.manifest;
  const call = callIdentifier(callId);
  const fullUrl = (name: string) => `urn:uuid:${uuidOf(`${callId} ${name}`)}`;
  const response = fullUrl('QuestionnaireResponse');
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      put(response, intakeResponse(record), searchFor('identifier', call)),
      put(fullUrl('Provenance'), provenance(record, response), searchFor('_tag', call)),
      ...flags.map((flag) =>
        put(
          fullUrl(`Communication ${flag.id}`),
          communication(record, flag, response),
          searchFor('identifier', flagIdentifier(callId, flag.id)),
        ),
      ),
      {
        fullUrl: fullUrl('AuditEvent'),
        resource: auditEvent(record),
        request: { method: 'POST', url: 'AuditEvent', ifNoneExist: searchFor('_tag', call) },
      },
    ],
  };
}

function put(fullUrl: string, resource: FhirResource, search: string): BundleEntry {
  return { fullUrl, resource, request: { method: 'PUT', url: `${resource.resourceType}?${search}` } };
}
