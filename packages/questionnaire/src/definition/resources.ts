import type { Bundle, FhirResource } from 'fhir/r4.d.ts';

/** The resources given with a questionnaire, those of bundles too; what is no resource is passed over. */
export function resourcesIn(given: readonly unknown[]): FhirResource[] {
  return given.flatMap((one) => {
    if (!isResource(one)) return [];
    return one.resourceType === 'Bundle' ? resourcesIn(entriesOf(one)) : [one];
  });
}

function isResource(given: unknown): given is FhirResource {
  return (
    typeof given === 'object' &&
    given !== null &&
    typeof (given as { resourceType?: unknown }).resourceType === 'string'
  );
}

function entriesOf(bundle: Bundle): unknown[] {
  return Array.isArray(bundle.entry) ? bundle.entry.map(({ resource }) => resource) : [];
}
