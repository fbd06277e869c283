import { Refusal, refusal } from './outcome.ts';
import { assertIntegrity, mapReferences } from './references.ts';
import { transactionBundle, type TransactionEntry } from './schema/bundle.ts';
import { check, checkResource } from './schema/check.ts';
import { isResourceType, type Resource, type ResourceType } from './schema/resources.ts';
import { matcherOf } from './search.ts';
import type { Store } from './store.ts';

/** What becomes of an entry. */
interface Plan {
  action: 'create' | 'update' | 'keep' | 'delete';
  type: ResourceType;
  id: string;
  resource?: Resource;
}

const statuses = { create: '201 Created', update: '200 OK', keep: '200 OK', delete: '204 No Content' };

/**
 * A transaction (hl7.org/fhir/R4/http.html#trules): all or nothing; deletes, then creates, then updates; every condition is looked
 * up before anything is changed; references to an entry's fullUrl become references to what it was made.
 * @returns the Bundle of type transaction-response, its entries in the order of the request. @throws Refusal
 */
export function transact(store: Store, body: unknown): object {
  const { entry: entries } = check(transactionBundle, body, 'Bundle', 400);
  const draft = store.draft();
  const plans = entries.map((entry, index) => at(index, () => planOf(draft, entry, index)));
  assertDistinct(plans);
  const places = placesOf(entries, plans);
  for (const [index, plan] of plans.entries()) at(index, () => carryOut(draft, plan, places));
  assertIntegrity(draft);
  store.become(draft);
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: plans.map(({ action, type, id }) => ({
      response: { status: statuses[action], ...(action === 'delete' ? {} : versionOf(draft.read(type, id))) },
    })),
  };
}

function planOf(store: Store, { request, resource: given }: TransactionEntry, index: number): Plan {
  const { method, url, ifNoneExist } = request;
  const { type, id, query } = targetOf(url);
  if (method === 'DELETE') {
    if (id === undefined) throw refusal(400, 'not-supported', 'only deletes by id');
    return { action: 'delete', type, id };
  }
  if (method !== 'POST' && method !== 'PUT')
    throw refusal(400, 'not-supported', `no ${method} in transactions`);
  if (given?.resourceType !== type) throw refusal(400, 'value', `the resource is no ${type}`);
  const resource = checkResource(given, `Bundle.entry[${index}].resource`);
  if (method === 'POST') {
    const there = ifNoneExist === undefined ? undefined : single(store, type, ifNoneExist);
    return there === undefined
      ? { action: 'create', type, id: store.newId(), resource }
      : { action: 'keep', type, id: there };
  }
  if (id !== undefined) {
    if (resource.id !== id) throw refusal(400, 'value', 'the resource’s id is not the URL’s');
    return { action: store.has(type, id) ? 'update' : 'create', type, id, resource };
  }
  const there = single(store, type, query);
  return there === undefined
    ? { action: 'create', type, id: store.newId(), resource }
    : { action: 'update', type, id: there, resource };
}

/** `Type`, `Type/id` or `Type?search`. */
function targetOf(url: string): { type: ResourceType; id?: string; query: string } {
  const [, type, id, query = ''] = /^([A-Za-z]+)(?:\/([A-Za-z0-9.-]{1,64}))?(?:\?(.*))?$/.exec(url) ?? [];
  if (!isResourceType(type))
    throw refusal(400, 'not-supported', 'the URL names no type that this server keeps');
  return { type, query, ...(id !== undefined && { id }) };
}

/** The id of the one match, if there is any. @throws Refusal 412 when there are several. */
function single(store: Store, type: ResourceType, query: string): string | undefined {
  const found = store.find(type, matcherOf(query));
  if (found.length > 1)
    throw refusal(412, 'multiple-matches', `the condition matches ${found.length} resources`);
  return found[0]?.id;
}

/** "If any resource identities overlap, then the transaction SHALL fail": also two entries with the same condition. */
function assertDistinct(plans: readonly Plan[]): void {
  const seen = new Set<string>();
  for (const { type, id, resource, action } of plans) {
    const keys = [`${type}/${id}`, ...(action === 'create' ? identifiersOf(resource) : [])];
    for (const key of keys) {
      if (seen.has(key))
        throw refusal(400, 'invariant', 'two entries concern the same resource', 'Bundle.entry');
      seen.add(key);
    }
  }
}

const identifiersOf = (resource: Resource | undefined) =>
  [resource?.identifier ?? []].flat().map((one) => `${resource?.resourceType}?${JSON.stringify(one)}`);

function placesOf(entries: readonly TransactionEntry[], plans: readonly Plan[]): Map<string, string> {
  const places = new Map<string, string>();
  for (const [index, { fullUrl }] of entries.entries()) {
    if (fullUrl === undefined) continue;
    if (places.has(fullUrl)) throw refusal(400, 'invariant', 'bdl-7: a fullUrl comes twice', 'Bundle.entry');
    places.set(fullUrl, `${plans[index]!.type}/${plans[index]!.id}`);
  }
  return places;
}

function carryOut(
  store: Store,
  { action, type, id, resource }: Plan,
  places: ReadonlyMap<string, string>,
): void {
  if (action === 'delete') store.delete(type, id);
  if (!resource) return;
  const resolved = mapReferences(resource, (reference, path) => {
    const place = places.get(reference);
    if (place === undefined && reference.startsWith('urn:')) {
      throw refusal(400, 'not-found', 'a reference to no entry of the Bundle', path);
    }
    return place ?? reference;
  });
  store.write(id, resolved);
}

/** Says which entry a refusal is about. */
function at<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (
      !(error instanceof Refusal) ||
      error.issues.some(({ expression }) => expression?.startsWith('Bundle'))
    ) {
      throw error;
    }
    const [first, ...others] = error.issues.map((issue) => ({
      ...issue,
      expression: `Bundle.entry[${index}]`,
    }));
    throw new Refusal(error.status, [first!, ...others]);
  }
}

/** `location`, `etag` and `lastModified` of a stored resource. */
export function versionOf({ resourceType, id, meta }: Resource) {
  const { versionId, lastUpdated } = meta as { versionId: string; lastUpdated: string };
  return {
    location: `${resourceType}/${id}/_history/${versionId}`,
    etag: `W/"${versionId}"`,
    lastModified: lastUpdated,
  };
}
