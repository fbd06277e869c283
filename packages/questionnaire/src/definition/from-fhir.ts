import type { Questionnaire } from 'fhir/r4.d.ts';
import type { Fault } from '@vestibule/core';
import type { Definition } from '../types.ts';
import { assembled } from './assemble.ts';
import { checkProfile } from './check-profile.ts';
import { checkDefinition } from './checks.ts';
import { extensionOf, voice } from './extensions.ts';
import { readItem } from './read-item.ts';
import { readLogic } from './read-logic.ts';
import { readRedFlags } from './read-red-flags.ts';
import { resourcesIn } from './resources.ts';
import { listUnsupported } from './unsupported.ts';
import { Terminology } from './terminology.ts';
import { translated } from './translate.ts';
import { withValueSets } from './value-sets.ts';

/** Faults stop a questionnaire from being used; warnings say what will not be followed on the telephone. */
export interface Findings {
  faults: Fault[];
  warnings: Fault[];
}

export interface LoadOptions {
  /**
   * What the questionnaire may refer to: ValueSets and CodeSystems (the terminology folder beside it), and the
   * Questionnaires of its modules. Already parsed; what is none of these is passed over.
   */
  resources?: readonly unknown[];
  /** A BCP 47 code; texts are taken in that language where the questionnaire has translations. */
  language?: string;
}

const defaultAttempts = 3;

/** A definition from a FHIR Questionnaire whose structure is already checked. All findings are collected. */
export function fromFhir(
  source: Questionnaire,
  { resources = [], language }: LoadOptions,
): { definition: Definition } & Findings {
  const findings: Findings = { faults: [], warnings: [] };
  const known = resourcesIn(resources);
  const { whole: modular, origin } = assembled(source, known, findings);
  // Those are at their places in the source already.
  const ofModules = findings.faults.splice(0);
  const whole = translated(modular, language);
  const terminology = new Terminology([...known, ...resourcesIn(whole.contained ?? [])], language);
  const questionnaire = withValueSets(whole, terminology);
  if (questionnaire.derivedFrom) {
    findings.warnings.push({ path: 'derivedFrom', message: 'what it is derived from is not looked at' });
  }
  if (questionnaire.url === undefined) {
    findings.warnings.push({
      path: 'url',
      message: 'missing: responses cannot say which questionnaire they answer',
    });
  }
  if (questionnaire.version === undefined) {
    findings.warnings.push({ path: 'version', message: 'missing: calls cannot be pinned to a version' });
  }
  const definition = definitionOf(questionnaire, findings);
  listUnsupported(questionnaire, findings);
  checkProfile(questionnaire, findings);
  checkDefinition(definition, questionnaire, findings);
  const placed = (found: readonly Fault[]) => found.map((one) => ({ ...one, path: origin(one.path) }));
  return {
    definition,
    faults: [...ofModules, ...placed(findings.faults)],
    warnings: placed(findings.warnings),
  };
}

function definitionOf(questionnaire: Questionnaire, findings: Findings): Definition {
  const id = questionnaire.id ?? questionnaire.name ?? 'questionnaire';
  const { logic, scope } = readLogic(questionnaire, findings);
  const items = (questionnaire.item ?? []).flatMap(
    (item, index) => readItem(item, `item[${index}]`, scope) ?? [],
  );
  const identify = extensionOf(questionnaire, voice.identify)?.valueInteger;
  return {
    id,
    url: questionnaire.url ?? `urn:vestibule:questionnaire:${id}`,
    version: questionnaire.version ?? '0',
    title: questionnaire.title ?? questionnaire.name ?? id,
    items,
    redFlags: readRedFlags(questionnaire, findings),
    attempts: extensionOf(questionnaire, voice.attempts)?.valueInteger ?? defaultAttempts,
    ...(identify === undefined ? {} : { identify }),
    ...(logic ? { logic } : {}),
  };
}
