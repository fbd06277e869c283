import type { Element, Extension } from 'fhir/r4.d.ts';
import { voice } from '../profile/table.ts';

export { voice };

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';

/** Extensions of HL7 that are understood. */
export const standard = {
  minValue: `${hl7}minValue`,
  maxValue: `${hl7}maxValue`,
  minQuantity: `${sdc}sdc-questionnaire-minQuantity`,
  maxQuantity: `${sdc}sdc-questionnaire-maxQuantity`,
  minLength: `${hl7}minLength`,
  regex: `${hl7}regex`,
  hidden: `${hl7}questionnaire-hidden`,
  itemControl: `${hl7}questionnaire-itemControl`,
  maxDecimalPlaces: `${hl7}maxDecimalPlaces`,
  unit: `${hl7}questionnaire-unit`,
  ordinalValue: `${hl7}ordinalValue`,
  ordinalValueR5: `${hl7}itemWeight`,
  calculatedValue: `${hl7}cqf-calculatedValue`,
  expression: `${hl7}cqf-expression`,
  unitOption: `${hl7}questionnaire-unitOption`,
  unitValueSet: `${hl7}questionnaire-unitValueSet`,
  entryFormat: `${hl7}entryFormat`,
  minOccurs: `${hl7}questionnaire-minOccurs`,
  maxOccurs: `${hl7}questionnaire-maxOccurs`,
  optionExclusive: `${hl7}questionnaire-optionExclusive`,
  dataAbsentReason: `${hl7}data-absent-reason`,
} as const;

/** Extensions with FHIRPath, by what they decide; each under all the urls it has had. */
export const logical = {
  variable: [`${hl7}variable`],
  enableWhen: [`${sdc}sdc-questionnaire-enableWhenExpression`, `${hl7}questionnaire-enableWhenExpression`],
  calculated: [`${sdc}sdc-questionnaire-calculatedExpression`, `${hl7}questionnaire-calculatedExpression`],
  initial: [`${sdc}sdc-questionnaire-initialExpression`, `${hl7}questionnaire-initialExpression`],
  answers: [`${sdc}sdc-questionnaire-answerExpression`, `${hl7}questionnaire-answerExpression`],
  toggle: [`${sdc}sdc-questionnaire-answerOptionsToggleExpression`],
  constraint: [
    `${hl7}questionnaire-constraint`,
    `${hl7}targetConstraint`,
    `${sdc}targetConstraint`,
    `${sdc}sdc-questionnaire-targetConstraint`,
  ],
  launch: [`${sdc}sdc-questionnaire-launchContext`, `${hl7}questionnaire-launchContext`],
} as const;

export const translation = `${hl7}translation`;
/** Pictures and films beside a question or an answer. */
export const itemMedia = [`${sdc}sdc-questionnaire-itemMedia`, `${sdc}sdc-questionnaire-itemAnswerMedia`];
export const subQuestionnaire = `${sdc}sdc-questionnaire-subQuestionnaire`;

/** Only about how a form looks, is maintained, or what is made of its answers afterwards: a call loses nothing without them. */
const harmless = [
  `${hl7}questionnaire-displayCategory`,
  `${hl7}questionnaire-supportLink`,
  `${hl7}questionnaire-choiceOrientation`,
  `${hl7}questionnaire-optionPrefix`,
  `${hl7}questionnaire-sliderStepValue`,
  `${hl7}questionnaire-usageMode`,
  `${hl7}questionnaire-baseType`,
  `${hl7}questionnaire-fhirType`,
  `${hl7}questionnaire-derivationType`,
  `${hl7}rendering-xhtml`,
  `${hl7}rendering-style`,
  `${hl7}rendering-styleSensitive`,
  `${hl7}rendering-markdown`,
  `${hl7}designNote`,
  translation,
  // Of references and attachments, which are described in words.
  `${hl7}questionnaire-referenceResource`,
  `${hl7}questionnaire-referenceProfile`,
  `${hl7}questionnaire-referenceFilter`,
  `${hl7}questionnaire-allowedResource`,
  `${hl7}questionnaire-allowedProfile`,
  `${hl7}mimeType`,
  `${hl7}maxSize`,
  ...[
    'width',
    'collapsible',
    'shortText',
    'choiceColumn',
    'columnCount',
    'keyboard',
    'entryMode',
    'openLabel',
    'preferredTerminologyServer',
    'performerType',
    'endpoint',
    'isSubject',
    'assemble-expectation',
    'assembledFrom',
    'assembleContext',
    'observationExtract',
    'observation-extract-category',
    'observationExtractCategory',
    'observationLinkPeriod',
    'itemExtractionContext',
    'definitionExtract',
    'definitionExtractValue',
    'templateExtract',
    'templateExtractBundle',
    'templateExtractContext',
    'templateExtractValue',
    'extractAllocateId',
    'targetStructureMap',
  ].map((name) => `${sdc}sdc-questionnaire-${name}`),
];
/** Those of the knowledge artefact that a questionnaire is, by what they begin with. */
const ofArtefacts = [
  `${hl7}structuredefinition-`,
  `${hl7}resource-`,
  `${hl7}artifact-`,
  'http://hl7.org/fhir/uv/crmi/',
  'http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-knowledge',
];

/** Extensions that change what is asked; ignoring one would ask the wrong thing. */
const meaningChanging = [subQuestionnaire];

const followed = new Set<string>([
  ...Object.values(voice),
  ...Object.values(standard),
  ...Object.values(logical).flat(),
]);
/** Followed on bounds, and nowhere else: a text or a `required` that is worked out stays as it stands. */
for (const url of [standard.calculatedValue, standard.expression]) followed.delete(url);

export type ExtensionFate = 'followed' | 'harmless' | 'unsupported' | 'blocking';

/** What becomes of an extension: read, without effect on a call, listed as not followed, or in the way. */
export function fateOf(url: string): ExtensionFate {
  if (followed.has(url)) return 'followed';
  if (harmless.includes(url) || ofArtefacts.some((start) => url.startsWith(start))) return 'harmless';
  return meaningChanging.includes(url) ? 'blocking' : 'unsupported';
}

export function extensionsOf(element: Element | undefined, url: string): Extension[] {
  return element?.extension?.filter((extension) => extension.url === url) ?? [];
}

export function extensionOf(element: Element | undefined, url: string): Extension | undefined {
  return extensionsOf(element, url)[0];
}

/** The texts (string, markdown or code) of every extension with that url. */
export function textsOf(element: Element | undefined, url: string): string[] {
  return extensionsOf(element, url).flatMap(
    (extension) => extension.valueString ?? extension.valueMarkdown ?? extension.valueCode ?? [],
  );
}

/** Where in the questionnaire an element has that extension. @param path of the element */
export function placeOf(element: Element, path: string, url: string): string {
  const index = element.extension?.findIndex((extension) => extension.url === url) ?? -1;
  const at = path === '' ? 'extension' : `${path}.extension`;
  return index === -1 ? at : `${at}[${index}]`;
}
