import type { Communication } from 'fhir/r4.d.ts';
import type { CallRecord } from '../enrichment/enrichment.ts';
import type { ReviewedFlag } from '../enrichment/red-flags.ts';
import { callTag, flagIdentifier, software } from './names.ts';

const priorities: Record<string, NonNullable<Communication['priority']>> = {
  emergency: 'stat',
  urgent: 'urgent',
  concern: 'routine',
};
const statuses = {
  told: 'completed',
  'not-told': 'not-done',
  'not-known': 'unknown',
  'not-needed': 'unknown',
} as const satisfies Record<ReviewedFlag['staff'], Communication['status']>;

/** A red flag as an alert: which rule, how grave, and where the answers are; nothing of what the caller said. */
export function communication({ manifest }: CallRecord, flag: ReviewedFlag, response: string): Communication {
  const { callId } = manifest;
  const { id, severity, staff, toldAt } = flag;
  return {
    resourceType: 'Communication',
    meta: { tag: [callTag(callId)] },
    identifier: [flagIdentifier(callId, id)],
    status: statuses[staff],
    ...(staff === 'not-told' && { statusReason: { text: 'Staff were not told during the call' } }),
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/communication-category',
            code: 'alert',
            display: 'Alert',
          },
        ],
      },
    ],
    // An unknown severity is taken for a grave one.
    priority: priorities[severity] ?? 'urgent',
    about: [{ reference: response }],
    ...(toldAt !== undefined && { sent: toldAt }),
    sender: software,
    payload: [{ contentString: `Red flag "${id}" (${severity}) in a telephone intake: see the response.` }],
  };
}
