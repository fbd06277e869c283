/** A synthesised stack, as far as reachability needs it. */
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** Stacks by name. */
export type Templates = Readonly<Record<string, Template>>;

export interface Found {
  /** `stack/logical id`. */
  id: string;
  type: string;
  /** References replaced by the ids of what they name. */
  properties: Record<string, unknown>;
}

/** All resources of all stacks, with references resolved within and between them. */
export function resourcesOf(templates: Templates): Found[] {
  const exported = new Map<string, unknown>();
  for (const [stack, { Outputs = {} }] of Object.entries(templates))
    for (const { Value, Export } of Object.values(Outputs))
      if (Export !== undefined) exported.set(String(Export.Name), resolve(Value, stack, exported));
  return Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([name, { Type, Properties = {} }]) => ({
      id: `${stack}/${name}`,
      type: Type,
      properties: resolve(Properties, stack, exported) as Record<string, unknown>,
    })),
  );
}

function resolve(value: unknown, stack: string, exported: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, stack, exported));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::ImportValue': imported } = members;
  if (typeof ref === 'string') return `${stack}/${ref}`;
  if (Array.isArray(attribute)) return `${stack}/${String(attribute[0])}`;
  if (typeof imported === 'string') return exported.get(imported);
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, resolve(member, stack, exported)]),
  );
}
