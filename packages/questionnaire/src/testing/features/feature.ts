import assert from 'node:assert/strict';
import type { Extension, Questionnaire, QuestionnaireItem, QuestionnaireResponse } from 'fhir/r4.d.ts';
import { loadQuestionnaire, type LoadOptions } from '../../definition/load.ts';
import { questionnaireResponse } from '../../engine/response.ts';
import type { IntakeStart } from '../../types.ts';
import { Conversation, today } from '../intake.ts';
import { responseFaults } from '../response-faults.ts';

/** One part of FHIR R4's Questionnaire.item, or one extension, and what shows that it works. */
export interface Feature {
  name: string;
  of: 'R4' | 'SDC' | 'HL7 extension';
  /** A tiny questionnaire, asked: throws where the feature does not do what the standard says. */
  holds: () => void;
  /** Why it does not work, where that is known; `holds` then fails. */
  lacks?: string;
}

export const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
export const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

type More = Partial<Questionnaire>;

export function questionnaireOf(item: QuestionnaireItem[], more: More = {}): string {
  const resource = { resourceType: 'Questionnaire', status: 'active', id: 't', url: 'https://a.example/t' };
  return JSON.stringify({ ...resource, version: '1', ...more, item });
}

/** A question whose text is its link. */
export function questionOf(
  linkId: string,
  type: QuestionnaireItem['type'],
  more: Partial<QuestionnaireItem> = {},
): QuestionnaireItem {
  return { linkId, text: `${linkId}?`, type, ...more };
}

export interface AskOptions {
  more?: More;
  start?: IntakeStart;
  load?: LoadOptions;
}

/** Begins a call with these items. */
export function ask(item: QuestionnaireItem[], { more, start, load }: AskOptions = {}): Conversation {
  const { definition, faults } = loadQuestionnaire(questionnaireOf(item, more), 't.json', load);
  assert.deepEqual(faults, []);
  return new Conversation(definition!, { today, ...start });
}

/** What is found wrong with these items. */
export function faultsOf(item: QuestionnaireItem[], more: More = {}): string {
  return loadQuestionnaire(questionnaireOf(item, more), 't.json')
    .faults.map(({ path, line, message }) => `${line} ${path}: ${message}`)
    .join('\n');
}

/** The response, which must be a valid one; without texts and marks of what is missing. */
export function responseOf(call: Conversation): QuestionnaireResponse {
  const meta = { authored: `${today}T00:00:00Z`, ended: true };
  const response = questionnaireResponse(call.definition, call.state, meta);
  assert.deepEqual(responseFaults(call.definition, response), []);
  return response;
}

/** Every answer of the response, in order, as `link=value`. */
export function answersOf(call: Conversation): string[] {
  const found: string[] = [];
  const visit = (items: QuestionnaireResponse['item']): void => {
    for (const { linkId, answer, item } of items ?? []) {
      for (const { item: nested, ...values } of answer ?? []) {
        const [name, value] = Object.entries(values)[0] ?? ['', ''];
        if (!name.startsWith('_')) found.push(`${linkId}=${plain(value)}`);
        visit(nested);
      }
      visit(item);
    }
  };
  visit(responseOf(call).item);
  return found;
}

function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { code, value: number, unit, display, title } = value as Record<string, string | number | undefined>;
  return number === undefined ? String(code ?? display ?? title ?? '') : `${number} ${unit ?? ''}`.trim();
}

export function fhirPath(url: string, expression: string, more: Partial<Extension> = {}): Extension {
  return { url, valueExpression: { language: 'text/fhirpath', expression }, ...more };
}

export function variable(name: string, expression: string): Extension {
  return { url: `${hl7}variable`, valueExpression: { name, language: 'text/fhirpath', expression } };
}

/** The answer of an item, in FHIRPath. */
export const valueOf = (linkId: string) => `%resource.descendants().where(linkId='${linkId}').answer.value`;

/** What stands: `ask a`, `readBack a`, `complete`. */
export function at(call: Conversation, expected: string): void {
  assert.equal(call.at, expected);
}
