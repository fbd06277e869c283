import type { ElementDefinition, StructureDefinition } from 'fhir/r4.d.ts';
import { type ProfileExtension, type ProfilePart, structureUrl, valueSetUrl } from './table.ts';

/** R4's own version of `fhirVersion`. */
const fhirVersion = '4.0.1';
export const profileVersion = '1.0.0';

/** One extension as R4 defines such things, with differential and snapshot. */
export function structureDefinition(extension: ProfileExtension): StructureDefinition {
  const { name, meaning, on } = extension;
  const title = titleOf(name);
  return {
    resourceType: 'StructureDefinition',
    id: name,
    url: structureUrl(name),
    version: profileVersion,
    name: title.replaceAll(' ', ''),
    title,
    status: 'active',
    description: sentence(meaning),
    fhirVersion,
    kind: 'complex-type',
    abstract: false,
    context: on.map((expression) => ({ type: 'element', expression })),
    type: 'Extension',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
    derivation: 'constraint',
    snapshot: { element: elementsOf(extension).map(({ full }) => full) },
    differential: { element: elementsOf(extension).flatMap(({ own }) => own ?? []) },
  };
}

/** An element as the snapshot has it, and what of it the extension itself says. */
interface Element {
  full: ElementDefinition;
  own?: ElementDefinition;
}

function elementsOf(extension: ProfileExtension): Element[] {
  const { max, meaning } = extension;
  const described = { short: meaning, definition: sentence(meaning) };
  const root = { id: 'Extension', path: 'Extension', ...described, min: 0, max };
  const url = structureUrl(extension.name);
  const element = { full: { ...root, base: base('Extension', 0, '*'), isModifier: false }, own: root };
  return [element, ...insideOf(extension, 'Extension', 'Extension', url, extension.name)];
}

/** id, extension, url and value of an extension, or of a part of one. `set`: names its codes. */
function insideOf(
  { parts = [], value, codes }: Omit<ProfilePart, 'min'>,
  id: string,
  path: string,
  url: string,
  set: string,
): Element[] {
  const slicing = {
    slicing: {
      discriminator: [{ type: 'value' as const, path: 'url' }],
      description: 'Extensions are told apart by their url',
      ordered: false,
      rules: 'open' as const,
    },
  };
  const least = parts.filter(({ min }) => min === 1).length;
  const inner = { min: least, max: parts.length > 0 ? '*' : '0' };
  const binding = codes && {
    binding: { strength: 'required' as const, valueSet: valueSetUrl(set) },
  };
  const hasValue = value.length > 0;
  const holds = {
    min: hasValue ? 1 : 0,
    max: hasValue ? '1' : '0',
    ...(hasValue ? { type: value.map((code) => ({ code })) } : {}),
    ...binding,
  };
  const make = elementMaker(id, path);
  return [
    {
      full: {
        ...make('id').full,
        representation: ['xmlAttr'],
        min: 0,
        max: '1',
        base: base('Element.id', 0, '1'),
        type: [idType],
      },
    },
    make('extension', 'Element.extension', '*', inner, { ...slicing, type: [{ code: 'Extension' }] }),
    ...parts.flatMap((one) => partOf(one, `${id}.extension`, `${path}.extension`, set)),
    make('url', 'Extension.url', '1', { fixedUri: url }, { min: 1, max: '1', type: [uriType] }),
    make('value[x]', 'Extension.value[x]', '1', holds, {}),
  ];
}

function partOf(part: ProfilePart, id: string, path: string, set: string): Element[] {
  const { name, meaning, min, max } = part;
  const own: ElementDefinition = { id: `${id}:${name}`, path, sliceName: name, short: meaning, min, max };
  const full: ElementDefinition = {
    ...own,
    definition: sentence(meaning),
    base: base('Element.extension', 0, '*'),
    type: [{ code: 'Extension' }],
    isModifier: false,
  };
  return [{ full, own }, ...insideOf(part, `${id}:${name}`, path, name, `${set}-${name}`)];
}

function elementMaker(id: string, path: string) {
  return (
    name: string,
    of = '',
    most = '1',
    said: Partial<ElementDefinition> = {},
    rest: Partial<ElementDefinition> = {},
  ): Element => {
    const place = { id: `${id}.${name}`, path: `${path}.${name}` };
    const least = of === 'Extension.url' ? 1 : 0;
    const basis = of === '' ? {} : { base: base(of, least, most) };
    return { full: { ...place, ...rest, ...said, ...basis, isModifier: false }, own: { ...place, ...said } };
  };
}

const base = (path: string, min: number, max: string) => ({ path, min, max });

/** R4 types `id` and `url` of an element as FHIRPath's own string. */
const systemString = 'http://hl7.org/fhirpath/System.String';
const fhirType = (valueUrl: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type', valueUrl }],
  code: systemString,
});
const idType = fhirType('string');
const uriType = fhirType('uri');

export function titleOf(name: string): string {
  return name
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
