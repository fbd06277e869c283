import type { Questionnaire } from 'fhir/r4.d.ts';
import type { Fault } from '@vestibule/core';
import type { Definition } from '../types.ts';
import { checkDefinition } from './checks.ts';
import { extensionOf, voice } from './extensions.ts';
import { readItem } from './read-item.ts';
import { readRedFlags } from './read-red-flags.ts';
import { listUnsupported } from './unsupported.ts';
import { withContainedValueSets } from './value-sets.ts';

/** Faults stop a questionnaire from being used; warnings say what will not be followed on the telephone. */
export interface Findings {
  faults: Fault[];
  warnings: Fault[];
}

const defaultAttempts = 3;

/** A definition from a FHIR Questionnaire whose structure is already checked. All findings are collected. */
export function fromFhir(source: Questionnaire): { definition: Definition } & Findings {
  const questionnaire = withContainedValueSets(source);
  const findings: Findings = { faults: [], warnings: [] };
  if (questionnaire.url === undefined) {
    findings.warnings.push({
      path: 'url',
      message: 'missing: responses cannot say which questionnaire they answer',
    });
  }
  if (questionnaire.version === undefined) {
    findings.warnings.push({ path: 'version', message: 'missing: calls cannot be pinned to a version' });
  }
  const id = questionnaire.id ?? questionnaire.name ?? 'questionnaire';
  const items = (questionnaire.item ?? []).flatMap(
    (item, index) => readItem(item, `item[${index}]`, findings) ?? [],
  );
  const definition: Definition = {
    id,
    url: questionnaire.url ?? `urn:vestibule:questionnaire:${id}`,
    version: questionnaire.version ?? '0',
    title: questionnaire.title ?? questionnaire.name ?? id,
    items,
    redFlags: readRedFlags(questionnaire, findings),
    attempts: extensionOf(questionnaire, voice.attempts)?.valueInteger ?? defaultAttempts,
  };
  listUnsupported(questionnaire, findings);
  checkDefinition(definition, questionnaire, findings);
  return { definition, ...findings };
}
