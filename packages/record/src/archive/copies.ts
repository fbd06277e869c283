/**
 * Under which names copies of a call's data stand outside the archive. Who makes them (enrichment) and who erases them (the CLI) never
 * meet, so what they must agree on is here. Changing a name orphans the copies that were made under it.
 */
export const copyNames = {
  /** OpenSearch: the alias of the index of calls; a document's id is its callId. */
  searchAlias: 'calls',
  /** FHIR: system of the identifier and of the `meta.tag` whose value and code are the callId. */
  fhirCall: 'https://vestibule.example/fhir/call',
} as const;

/** A call's FHIR resources that hold a caller's data, those that refer to others first. Its AuditEvent holds none, and stays. */
export const fhirCopyTypes = ['Communication', 'Provenance', 'QuestionnaireResponse'] as const;

/** Search (`?…`) that finds a call's resources of any type. */
export function fhirCopySearch(callId: string): string {
  return `?${new URLSearchParams({ _tag: `${copyNames.fhirCall}|${callId}` }).toString()}`;
}
