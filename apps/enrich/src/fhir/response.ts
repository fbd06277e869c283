import type { QuestionnaireResponse } from 'fhir/r4.d.ts';
import type { CallRecord } from '../enrichment/enrichment.ts';
import { callIdentifier, callTag, software } from './names.ts';

/** The sealed response as it is, under our identifier: its id is the server's to give. */
export function intakeResponse({ manifest, resource }: CallRecord): QuestionnaireResponse {
  const { id: _, ...sealed } = resource as unknown as QuestionnaireResponse;
  return {
    ...sealed,
    meta: { tag: [callTag(manifest.callId)] },
    identifier: callIdentifier(manifest.callId),
    author: software,
  };
}
