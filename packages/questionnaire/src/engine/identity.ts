import type { Address, ContactPoint, HumanName, Identifier } from 'fhir/r4.d.ts';
import type { AnswerValue, Definition, IntakeState, Item } from '../types.ts';
import { catalogueOf } from './catalogue.ts';
import type { Draft } from './draft.ts';
import { enablementOf } from './enablement.ts';

/** How far the caller has told who the patient is. Nothing in it says what the record holds. */
export interface Identification {
  /** As many identifiers as are needed match, and neither name nor date of birth differs. */
  ok: boolean;
  needed: number;
  /** Links of identifiers that have a confirmed answer. */
  confirmed: readonly string[];
  /** Those among them that match the record. */
  matching: readonly string[];
}

/** What this needs of a FHIR Patient. */
interface Known {
  name?: HumanName[];
  birthDate?: string;
  telecom?: ContactPoint[];
  identifier?: Identifier[];
  address?: Address[];
}

type Kind = 'name' | 'birthDate' | 'phone' | 'email' | 'code';
const usualNeeded = 2;

/**
 * Whether the identifiers that are confirmed so far are those of `patient`, a looked-up FHIR Patient. Names are compared
 * without case, accents and middle names, dates as a whole, numbers by their digits. Two of a kind count as one.
 */
export function identified(
  definition: Definition,
  state: IntakeState,
  patient: object | undefined,
): Identification {
  const answers = confirmedIdentifiers(definition, state);
  const needed = definition.identify ?? usualNeeded;
  const kinds = new Map<Kind, { links: string[]; values: string[] }>();
  for (const { item, value } of answers) {
    const kind = kindOf(item);
    if (kind === undefined || typeof value === 'object') continue;
    const { links, values } = kinds.get(kind) ?? { links: [], values: [] };
    kinds.set(kind, { links: [...links, item.linkId], values: [...values, String(value)] });
  }
  const verdicts = [...kinds].map(([kind, { links, values }]) => ({
    links,
    verdict: patient === undefined ? undefined : compareWith(patient as Known, kind, values),
  }));
  const matches = verdicts.filter(({ verdict }) => verdict === true);
  return {
    ok: matches.length >= needed && verdicts.every(({ verdict }) => verdict !== false),
    needed,
    confirmed: answers.map(({ item }) => item.linkId),
    matching: matches.flatMap(({ links }) => links),
  };
}

function confirmedIdentifiers(
  definition: Definition,
  state: IntakeState,
): { item: Item; value: AnswerValue }[] {
  const enabled = enablementOf(definition, state);
  return catalogueOf(definition, state).ordered.flatMap(({ item }) => {
    const known = state.items[item.linkId];
    if (!item.identifier || known?.status !== 'answered' || !known.confirmed) return [];
    // What was looked up is no proof of who is calling.
    if (!enabled(item.linkId) || state.lookedUp?.includes(item.linkId)) return [];
    return known.values[0] === undefined ? [] : [{ item, value: known.values[0] }];
  });
}

function kindOf({ type, form }: Item): Kind | undefined {
  if (type === 'date') return 'birthDate';
  if (type !== 'string') return undefined;
  if (form === 'name' || form === 'phone' || form === 'email') return form;
  return 'code';
}

/** True: the same. False: another one. Undefined: it does not tell, as people have several telephones. */
function compareWith(patient: Known, kind: Kind, values: readonly string[]): boolean | undefined {
  const { name = [], birthDate, telecom = [], identifier = [], address = [] } = patient;
  const some = (known: readonly (string | undefined)[], plain: (text: string) => string) =>
    values.some((value) => known.some((one) => one !== undefined && plain(one) === plain(value)));
  switch (kind) {
    case 'name':
      return name.length === 0 ? undefined : name.some((one) => sameName(one, values.join(' ')));
    case 'birthDate':
      return birthDate?.length !== 10 ? undefined : values.every((value) => value === birthDate);
    case 'phone':
      return some(valuesOf(telecom, ['phone', 'sms']), lastDigits) || undefined;
    case 'email':
      return some(valuesOf(telecom, ['email']), (text) => text.trim().toLowerCase()) || undefined;
    case 'code': {
      const codes = [...identifier.map(({ value }) => value), ...address.map(({ postalCode }) => postalCode)];
      return some(codes, (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, '')) || undefined;
    }
  }
}

const valuesOf = (telecom: readonly ContactPoint[], systems: readonly string[]) =>
  telecom.filter(({ system }) => system !== undefined && systems.includes(system)).map(({ value }) => value);

const lastDigits = (text: string) => text.replace(/\D/g, '').slice(-10);

function sameName({ use, text = '', given = [], family }: HumanName, said: string): boolean {
  if (use === 'old') return false;
  const words = wordsOf(said);
  const written = wordsOf(text);
  const last = family === undefined ? written.slice(-1) : wordsOf(family);
  const first = given.length > 0 ? wordsOf(given.join(' ')) : written.slice(0, -last.length);
  const rest = words.slice(0, -last.length);
  if (last.length === 0 || rest.length === 0) return false;
  return words.slice(rest.length).join(' ') === last.join(' ') && rest.every((word) => first.includes(word));
}

function wordsOf(name: string): string[] {
  const plain = name.normalize('NFD').replace(/[\p{M}'’.]/gu, '');
  return plain
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/** Why what was looked up may not be used yet; undefined when it may. */
export function identityProblem(
  definition: Definition,
  state: IntakeState,
  context: Readonly<Record<string, unknown>>,
): string | undefined {
  if (definition.identify === undefined) return undefined;
  const patient = context['patient'] ?? state.context?.['patient'];
  const known = typeof patient === 'object' && patient !== null ? patient : undefined;
  const { ok, needed, confirmed } = identified(definition, state, known);
  if (ok) return undefined;
  if (known === undefined) return 'It names no patient that identifiers could be compared with.';
  if (confirmed.length >= needed) return `The confirmed identifiers do not match it; ${needed} have to.`;
  return `${needed} identifiers have to be confirmed first; ${confirmed.length} so far.`;
}

/** What was looked up goes again, with the values that came of it, once the identifiers do not match any more. */
export function withdrawContext(draft: Draft): void {
  const { definition, state, events } = draft;
  if (state.context === undefined) return;
  const problem = identityProblem(definition, state, state.context);
  if (problem === undefined) return;
  delete state.context;
  const because = catalogueOf(definition).ordered.find(({ item }) => item.identifier)?.item.linkId ?? '';
  for (const linkId of state.lookedUp ?? []) {
    const catalogue = catalogueOf(definition, state);
    delete state.items[linkId];
    events.push({ kind: 'dropped', linkId, because });
    draft.dropDependants(linkId, catalogue);
  }
  delete state.lookedUp;
  events.push({ kind: 'contextRefused', code: 'not-identified', problem });
}
