import type {
  CodeSystem,
  CodeSystemConcept,
  Element,
  FhirResource,
  ValueSet,
  ValueSetComposeInclude,
  ValueSetExpansionContains,
} from 'fhir/r4.d.ts';

/** One code of a value set, as an answer option needs it. */
export interface ListedCode {
  system?: string;
  code: string;
  display?: string;
  extension?: Element['extension'];
}

interface Designated {
  display?: string;
  designation?: { language?: string; value: string }[];
}

/** A value set may name another; deeper than that, they go round in a circle. */
const deepest = 8;

/** Value sets and code systems at hand: contained in the questionnaire, or from the folder beside it. */
export class Terminology {
  readonly #sets = new Map<string, ValueSet>();
  readonly #systems = new Map<string, CodeSystem>();
  readonly #language: string | undefined;

  constructor(resources: readonly FhirResource[], language?: string) {
    this.#language = language;
    for (const resource of resources) {
      if (resource.resourceType === 'ValueSet') {
        for (const name of namesOf(resource)) this.#sets.set(name, resource);
      }
      if (resource.resourceType === 'CodeSystem' && resource.url !== undefined) {
        this.#systems.set(resource.url, resource);
      }
    }
  }

  /** All codes of the set; undefined when they cannot be listed in full, for half a list would be a wrong one. */
  list(canonical: string): ListedCode[] | undefined {
    return this.#list(canonical, 0);
  }

  #list(canonical: string, depth: number): ListedCode[] | undefined {
    const set = this.#sets.get(canonical) ?? this.#sets.get(canonical.split('|')[0]!);
    if (!set || depth > deepest) return undefined;
    if (set.expansion?.contains) {
      const listed = set.expansion.contains.flatMap((entry) => this.#ofExpansion(entry));
      return (set.expansion.total ?? 0) > listed.length ? undefined : listed;
    }
    const included = (set.compose?.include ?? []).map((include) => this.#ofInclude(include, depth));
    if (included.length === 0 || included.some((codes) => codes === undefined)) return undefined;
    const excluded = (set.compose?.exclude ?? []).map((exclude) => this.#ofInclude(exclude, depth));
    if (excluded.some((codes) => codes === undefined)) return undefined;
    const out = new Set(excluded.flatMap((codes) => codes!.map(keyOf)));
    const unique = new Map(included.flatMap((codes) => codes!.map((code) => [keyOf(code), code] as const)));
    return [...unique.values()].filter((code) => !out.has(keyOf(code)));
  }

  #ofInclude(include: ValueSetComposeInclude, depth: number): ListedCode[] | undefined {
    const { system, concept, filter, valueSet } = include;
    const lists: (ListedCode[] | undefined)[] = (valueSet ?? []).map((one) => this.#list(one, depth + 1));
    if (concept) {
      lists.push(
        concept.map(({ code, extension, ...texts }) => ({
          ...(system === undefined ? {} : { system }),
          code,
          ...displayed(this.#displayOf(texts) ?? this.#displayInSystem(system, code)),
          ...(extension ? { extension } : {}),
        })),
      );
    } else if (system !== undefined) lists.push(this.#ofSystem(system, filter ?? []));
    const [first, ...others] = lists;
    // What one include names is what is in all of its parts.
    return others.reduce<ListedCode[] | undefined>((codes, other) => {
      const both = new Set(other?.map(keyOf));
      return other && codes?.filter((code) => both.has(keyOf(code)));
    }, first);
  }

  #ofSystem(
    system: string,
    filters: NonNullable<ValueSetComposeInclude['filter']>,
  ): ListedCode[] | undefined {
    const codes = this.#systems.get(system);
    if (!codes || codes.content !== 'complete') return undefined;
    const [filter, ...more] = filters;
    if (!filter) return this.#flat(codes.concept ?? [], system);
    const isOne = filter.op === 'is-a' || filter.op === 'descendent-of';
    if (more.length > 0 || !isOne || filter.property !== 'concept') return undefined;
    const root = find(codes.concept ?? [], filter.value);
    const below = this.#flat(root?.concept ?? [], system);
    return filter.op === 'is-a' && root
      ? [...this.#flat([{ ...root, concept: [] }], system), ...below]
      : below;
  }

  #flat(concepts: readonly CodeSystemConcept[], system: string): ListedCode[] {
    return concepts.flatMap(({ code, concept, extension, ...texts }) => [
      { system, code, ...displayed(this.#displayOf(texts)), ...(extension ? { extension } : {}) },
      ...this.#flat(concept ?? [], system),
    ]);
  }

  #ofExpansion(entry: ValueSetExpansionContains): ListedCode[] {
    const { system, code, abstract, inactive, extension, contains } = entry;
    const listed = code !== undefined && !abstract && !inactive;
    const display = displayed(this.#displayOf(entry));
    const own = listed
      ? [
          {
            ...(system === undefined ? {} : { system }),
            code,
            ...display,
            ...(extension ? { extension } : {}),
          },
        ]
      : [];
    return [...own, ...(contains ?? []).flatMap((one) => this.#ofExpansion(one))];
  }

  #displayOf({ display, designation }: Designated): string | undefined {
    const language = this.#language?.toLowerCase();
    const own = designation?.find(
      (one) => language !== undefined && one.language?.toLowerCase() === language,
    );
    return own?.value ?? display;
  }

  #displayInSystem(system: string | undefined, code: string): string | undefined {
    const concept = find(this.#systems.get(system ?? '')?.concept ?? [], code);
    return concept && this.#displayOf(concept);
  }
}

function namesOf({ id, url, version }: ValueSet): string[] {
  const names = id === undefined ? [] : [`#${id}`, `ValueSet/${id}`];
  if (url !== undefined) names.push(url, `${url}|${version ?? ''}`);
  return names;
}

function find(concepts: readonly CodeSystemConcept[], code: string): CodeSystemConcept | undefined {
  for (const concept of concepts) {
    const found = concept.code === code ? concept : find(concept.concept ?? [], code);
    if (found) return found;
  }
  return undefined;
}

function displayed(display: string | undefined): { display?: string } {
  return display === undefined ? {} : { display };
}

function keyOf({ system, code }: ListedCode): string {
  return `${system ?? ''}|${code}`;
}
