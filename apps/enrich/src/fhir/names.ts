import { copyNames } from '@vestibule/record';
import type { Coding, Identifier, Reference } from 'fhir/r4.d.ts';

/** How FHIR servers tell our resources apart. Values are made of the callId, so that the same call is always the same resources. */
export const callIdentifier = (callId: string): Identifier => ({ system: copyNames.fhirCall, value: callId });
export const callTag = (callId: string): Coding => ({ system: copyNames.fhirCall, code: callId });
export const flagIdentifier = (callId: string, flag: string): Identifier => ({
  system: `${copyNames.fhirCall}/red-flag`,
  value: `${callId}/${flag}`,
});
/** SHA-256 root (hex) of the call's log, an RFC 6962 tree, as it was signed. */
export const rootIdentifier = (root: string): Identifier => ({
  system: `${copyNames.fhirCall}/root`,
  value: root,
});

/** Who assembled the resources: this software, by a logical reference, as it is no Device of the server's own. */
export const software: Reference = {
  type: 'Device',
  identifier: { system: `${copyNames.fhirCall}/software`, value: 'vestibule' },
  display: 'Vestibule telephone intake',
};

/** A search for one token, to be put behind `Type?` or in `ifNoneExist`. */
export const searchFor = (
  parameter: 'identifier' | '_tag',
  { system = '', value = '' }: Identifier,
): string => `${parameter}=${[system, value].map((part) => encodeURIComponent(escaped(part))).join('%7C')}`;

/** Separators of search values are escaped (hl7.org/fhir/R4/search.html#escaping). */
const escaped = (text: string) => text.replaceAll(/[\\,|$]/g, '\\$&');
