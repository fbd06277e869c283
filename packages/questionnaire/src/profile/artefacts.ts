import type { CodeSystem, StructureDefinition, ValueSet } from 'fhir/r4.d.ts';
import { profileVersion, sentence, structureDefinition, titleOf } from './structure-definition.ts';
import {
  codeSystemUrl,
  type ProfileExtension,
  type ProfilePart,
  valueSetUrl,
  voiceProfile,
} from './table.ts';

export type Artefact = StructureDefinition | ValueSet | CodeSystem;

/** Every file of the profile: a StructureDefinition for each extension, and the codes that some of them take. */
export function profileArtefacts(): Artefact[] {
  const extensions: readonly ProfileExtension[] = Object.values(voiceProfile);
  return [
    ...extensions.map(structureDefinition),
    ...extensions.flatMap((extension) => codesOf(extension, extension.name)),
  ];
}

/** `StructureDefinition-voice-prompt.json` */
export function fileOf({ resourceType, id }: Artefact): string {
  return `${resourceType}-${id}.json`;
}

function codesOf(part: Omit<ProfilePart, 'min'>, id: string): (CodeSystem | ValueSet)[] {
  const inner = (part.parts ?? []).flatMap((one) => codesOf(one, `${id}-${one.name}`));
  return part.codes ? [...codeFiles(id, part.meaning, part.codes), ...inner] : inner;
}

function codeFiles(
  id: string,
  meaning: string,
  codes: Readonly<Record<string, string>>,
): [CodeSystem, ValueSet] {
  const title = titleOf(id);
  const head = {
    id,
    version: profileVersion,
    name: title.replaceAll(' ', ''),
    title,
    status: 'active' as const,
    description: sentence(meaning),
  };
  const concept = Object.entries(codes).map(([code, display]) => ({ code, display }));
  return [
    {
      resourceType: 'CodeSystem',
      url: codeSystemUrl(id),
      ...head,
      caseSensitive: true,
      valueSet: valueSetUrl(id),
      content: 'complete',
      count: concept.length,
      concept,
    },
    {
      resourceType: 'ValueSet',
      url: valueSetUrl(id),
      ...head,
      compose: { include: [{ system: codeSystemUrl(id) }] },
    },
  ];
}

/** The README's table of the extensions, in Markdown. */
export function profileTable(): string {
  const extensions: readonly ProfileExtension[] = Object.values(voiceProfile);
  const rows = extensions.map(({ name, on, value, max, meaning, codes, parts }) => {
    const places = on.map((path) => path.split('.').at(-1)!).map((place) => places_[place] ?? place);
    const kind = `${value.length > 0 ? value.join(' or ') : 'complex'}${max === '*' ? ', `0..*`' : ''}`;
    const listed = codes ? `: ${Object.keys(codes).map(quoted).join(', ')}` : '';
    const inside = parts ? `: ${parts.map(partText).join(', ')}` : '';
    return `| \`${name}\` | ${places.join(', ')} | ${kind} | ${meaning}${listed}${inside} |`;
  });
  return ['| extension | on | value | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const places_: Readonly<Record<string, string>> = { 'value[x]': 'response value' };

function partText({ name, max, codes, parts }: ProfilePart): string {
  const inner = codes ? Object.keys(codes).map(quoted) : (parts ?? []).map(partText);
  return `\`${name}\`${max === '*' ? ' `0..*`' : ''}${inner.length > 0 ? ` (${inner.join(', ')})` : ''}`;
}

const quoted = (code: string) => `\`${code}\``;
