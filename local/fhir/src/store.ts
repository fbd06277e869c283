import { refusal } from './outcome.ts';
import type { Resource, ResourceType } from './schema/resources.ts';
import type { Matcher } from './search.ts';

interface Version {
  /** Without the server's own id and meta. Undefined once deleted. */
  resource: Resource | undefined;
  version: number;
  lastUpdated: string;
}

export interface StoreOptions {
  now: () => number;
  newId: () => string;
}

/** The newest version of each resource, in memory. */
export class Store {
  readonly #versions: Map<string, Version>;
  readonly #options: StoreOptions;

  constructor(options: StoreOptions, versions = new Map<string, Version>()) {
    this.#options = options;
    this.#versions = versions;
  }

  /** A copy to work on: `become` takes it over, and until then nobody sees it. */
  draft(): Store {
    return new Store(this.#options, new Map(this.#versions));
  }

  become(draft: Store): void {
    this.#versions.clear();
    for (const [key, version] of draft.#versions) this.#versions.set(key, version);
  }

  newId(): string {
    return this.#options.newId();
  }

  /** With its id, versionId and lastUpdated. @throws Refusal 404, 410 */
  read(type: ResourceType, id: string): Resource {
    const found = this.#versions.get(`${type}/${id}`);
    if (!found) throw refusal(404, 'not-found', `there is no ${type}/${id}`);
    const { resource, version, lastUpdated } = found;
    if (!resource) throw refusal(410, 'deleted', `${type}/${id} is deleted`);
    return { ...resource, id, meta: { ...resource.meta, versionId: String(version), lastUpdated } };
  }

  has(type: string, id: string): boolean {
    return this.#versions.get(`${type}/${id}`)?.resource !== undefined;
  }

  find(type: ResourceType, matches: Matcher): Resource[] {
    return this.all()
      .filter(({ resourceType }) => resourceType === type)
      .filter((resource) => matches(resource));
  }

  all(): Resource[] {
    return [...this.#versions].flatMap(([key, { resource }]) =>
      resource ? [this.read(resource.resourceType, key.slice(key.indexOf('/') + 1))] : [],
    );
  }

  /** A new version, whatever it says: servers differ on updates that change nothing, so nobody may count on it. */
  write(id: string, { id: _, meta, ...resource }: Resource): Resource {
    const { versionId: __, lastUpdated: ___, ...kept } = meta ?? {};
    const { resourceType } = resource;
    const before = this.#versions.get(`${resourceType}/${id}`);
    this.#versions.set(`${resourceType}/${id}`, {
      resource: { ...(resource as Resource), ...(Object.keys(kept).length > 0 && { meta: kept }) },
      version: (before?.version ?? 0) + 1,
      lastUpdated: new Date(this.#options.now()).toISOString(),
    });
    return this.read(resourceType, id);
  }

  /** Deleting what is not there is no fault (hl7.org/fhir/R4/http.html#delete). */
  delete(type: ResourceType, id: string): void {
    const before = this.#versions.get(`${type}/${id}`);
    if (!before?.resource) return;
    const lastUpdated = new Date(this.#options.now()).toISOString();
    this.#versions.set(`${type}/${id}`, { resource: undefined, version: before.version + 1, lastUpdated });
  }
}
