import type { AuditEvent } from 'fhir/r4.d.ts';
import type { CallRecord } from '../enrichment/enrichment.ts';
import { callIdentifier, callTag, software } from './names.ts';

/** DICOM PS3.16, CID 400 and 402. */
const dicom = (code: string, display: string) => ({
  system: 'http://dicom.nema.org/resources/ontology/DCM',
  code,
  display,
});
const hl7 = (system: string, code: string, display: string) => ({
  system: `http://terminology.hl7.org/CodeSystem/${system}`,
  code,
  display,
});

/**
 * That a patient record was created, and by what. It names the response by its identifier and not by a reference: an audit event must
 * outlive what it is about, and servers refuse to delete what is referred to.
 */
export function auditEvent({ manifest, root }: CallRecord): AuditEvent {
  const { callId, startedAt, endedAt } = manifest;
  return {
    resourceType: 'AuditEvent',
    meta: { tag: [callTag(callId)] },
    type: dicom('110110', 'Patient Record'),
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'create', display: 'create' }],
    action: 'C',
    period: { start: startedAt, end: endedAt },
    recorded: root.at,
    outcome: '0',
    agent: [{ type: { coding: [dicom('110150', 'Application')] }, who: software, requestor: true }],
    source: { observer: software, type: [hl7('security-source-type', '4', 'Application Server')] },
    entity: [
      {
        what: { type: 'QuestionnaireResponse', identifier: callIdentifier(callId) },
        type: {
          system: 'http://hl7.org/fhir/resource-types',
          code: 'QuestionnaireResponse',
          display: 'QuestionnaireResponse',
        },
        role: hl7('object-role', '4', 'Domain Resource'),
        lifecycle: hl7('dicom-audit-lifecycle', '1', 'Origination / Creation'),
      },
    ],
  };
}
