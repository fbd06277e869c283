import { resourceTypes } from './schema/resources.ts';
import { searchParameters } from './search.ts';

/** `/metadata`: what this server can do, and that it is none (hl7.org/fhir/R4/capabilitystatement.html). */
export function capabilityStatement(date: string): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Vestibule local FHIR (stand-in)' },
    implementation: { description: 'A stand-in for a FHIR server, in memory, for one machine' },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        security: { description: 'A bearer token' },
        interaction: [{ code: 'transaction' }],
        resource: resourceTypes.map((type) => ({
          type,
          interaction: [{ code: 'read' }, { code: 'delete' }, { code: 'search-type' }],
          versioning: 'versioned',
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: true,
          searchParam: searchParameters.map((name) => ({ name, type: 'token' })),
        })),
      },
    ],
  };
}
