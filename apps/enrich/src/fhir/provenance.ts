import type { Provenance } from 'fhir/r4.d.ts';
import type { CallRecord } from '../enrichment/enrichment.ts';
import { callTag, rootIdentifier, software } from './names.ts';

const participant = (code: string, display: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code, display }],
});

/**
 * Where the response is from: this software assembled it, the caller informed, and the signed log of the call is the source. Its root
 * lets anybody check the record against the response; our signature is over the root, not over FHIR's bytes, so it is no
 * `Provenance.signature`.
 */
export function provenance({ manifest, root }: CallRecord, response: string): Provenance {
  const { callId, startedAt, endedAt } = manifest;
  return {
    resourceType: 'Provenance',
    meta: { tag: [callTag(callId)] },
    target: [{ reference: response }],
    occurredPeriod: { start: startedAt, end: endedAt },
    recorded: root.at,
    activity: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation',
          code: 'CREATE',
          display: 'create',
        },
      ],
    },
    agent: [
      { type: participant('assembler', 'Assembler'), who: software },
      { type: participant('informant', 'Informant'), who: { display: 'The caller' } },
    ],
    entity: [
      {
        role: 'source',
        what: {
          identifier: rootIdentifier(root.root),
          display: `Signed log of the call, ${root.size} entries`,
        },
      },
    ],
  };
}
