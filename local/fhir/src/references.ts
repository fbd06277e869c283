import { refusal } from './outcome.ts';
import type { Resource } from './schema/resources.ts';
import type { Store } from './store.ts';

type Visit = (reference: string, path: string) => string;

/** The resource with each Reference.reference as `visit` gives it. */
export function mapReferences(resource: Resource, visit: Visit): Resource {
  return mapValue(resource, resource.resourceType, visit) as Resource;
}

function mapValue(value: unknown, path: string, visit: Visit): unknown {
  if (Array.isArray(value)) return value.map((one, index) => mapValue(one, `${path}[${index}]`, visit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'reference' && typeof member === 'string'
        ? visit(member, `${path}.${key}`)
        : mapValue(member, `${path}.${key}`, visit),
    ]),
  );
}

/** Referential integrity, as HAPI and Google enforce it by default: a relative reference must lead somewhere. @throws Refusal */
export function assertIntegrity(store: Store): void {
  for (const resource of store.all()) {
    mapReferences(resource, (reference, path) => {
      const [, type = '', id = ''] = /^([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/.exec(reference) ?? [];
      if (type === '' || store.has(type, id)) return reference;
      throw refusal(
        409,
        'conflict',
        `${resource.resourceType}/${resource.id} refers to ${reference}, which is not there`,
        path,
      );
    });
  }
}
