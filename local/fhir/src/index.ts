export { fhirApp } from './app.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { type Resource, type ResourceType, resourceTypes } from './schema/resources.ts';
export { type LocalFhir, startLocalFhir } from './server.ts';
export { Store } from './store.ts';
