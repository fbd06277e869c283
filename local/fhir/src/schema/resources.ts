import { z } from 'zod';
import {
  answerValues,
  code,
  codeableConcept,
  coding,
  dateTime,
  element,
  id,
  identifier,
  instant,
  list,
  meta,
  period,
  reference,
  signature,
  text,
  uri,
  valueCount,
} from './datatypes.ts';

/** The resource types that an intake's Bundle is made of: required elements, cardinalities, required value sets (FHIR 4.0.1). */
function resource<const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return element({
    resourceType: z.literal(type),
    id: id.optional(),
    meta: meta.optional(),
    implicitRules: uri.optional(),
    language: code.optional(),
    text: z.looseObject({ status: code, div: text }).optional(),
    ...shape,
  });
}

const items: z.ZodType<unknown[] | undefined> = z.lazy(() => list(item));
const answer = element({ ...answerValues, item: items }).refine(
  (given) => valueCount(given) <= 1,
  'has more than one value[x]',
);
const item = element({
  linkId: text,
  definition: uri.optional(),
  text: text.optional(),
  answer: list(answer),
  item: items,
}).refine((given) => given.answer === undefined || given.item === undefined, 'qrs-1: has answers and items');

const questionnaireResponse = resource('QuestionnaireResponse', {
  identifier: identifier.optional(),
  basedOn: list(reference),
  partOf: list(reference),
  questionnaire: uri.optional(),
  status: z.enum(['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped']),
  subject: reference.optional(),
  encounter: reference.optional(),
  authored: dateTime.optional(),
  author: reference.optional(),
  source: reference.optional(),
  item: list(item),
});

const provenanceAgent = element({
  type: codeableConcept.optional(),
  role: list(codeableConcept),
  who: reference,
  onBehalfOf: reference.optional(),
});
const provenance = resource('Provenance', {
  target: z.array(reference).min(1),
  occurredPeriod: period.optional(),
  occurredDateTime: dateTime.optional(),
  recorded: instant,
  policy: list(uri),
  location: reference.optional(),
  reason: list(codeableConcept),
  activity: codeableConcept.optional(),
  agent: z.array(provenanceAgent).min(1),
  entity: list(
    element({
      role: z.enum(['derivation', 'revision', 'quotation', 'source', 'removal']),
      what: reference,
      agent: list(provenanceAgent),
    }),
  ),
  signature: list(signature),
}).refine(
  ({ occurredPeriod, occurredDateTime }) => !occurredPeriod || !occurredDateTime,
  'has two occurred[x]',
);

const auditEvent = resource('AuditEvent', {
  type: coding,
  subtype: list(coding),
  action: z.enum(['C', 'R', 'U', 'D', 'E']).optional(),
  period: period.optional(),
  recorded: instant,
  outcome: z.enum(['0', '4', '8', '12']).optional(),
  outcomeDesc: text.optional(),
  purposeOfEvent: list(codeableConcept),
  agent: z
    .array(
      element({
        type: codeableConcept.optional(),
        role: list(codeableConcept),
        who: reference.optional(),
        altId: text.optional(),
        name: text.optional(),
        requestor: z.boolean(),
        location: reference.optional(),
        policy: list(uri),
        purposeOfUse: list(codeableConcept),
      }),
    )
    .min(1),
  source: element({ site: text.optional(), observer: reference, type: list(coding) }),
  entity: list(
    element({
      what: reference.optional(),
      type: coding.optional(),
      role: coding.optional(),
      lifecycle: coding.optional(),
      securityLabel: list(coding),
      name: text.optional(),
      description: text.optional(),
      query: z.base64().optional(),
      detail: list(element({ type: text, valueString: text.optional() })),
    }).refine(
      ({ name, query }) => name === undefined || query === undefined,
      'sev-1: has a name and a query',
    ),
  ),
});

const communication = resource('Communication', {
  identifier: list(identifier),
  basedOn: list(reference),
  partOf: list(reference),
  inResponseTo: list(reference),
  status: z.enum([
    'preparation',
    'in-progress',
    'not-done',
    'on-hold',
    'stopped',
    'completed',
    'entered-in-error',
    'unknown',
  ]),
  statusReason: codeableConcept.optional(),
  category: list(codeableConcept),
  priority: z.enum(['routine', 'urgent', 'asap', 'stat']).optional(),
  medium: list(codeableConcept),
  subject: reference.optional(),
  topic: codeableConcept.optional(),
  about: list(reference),
  encounter: reference.optional(),
  sent: dateTime.optional(),
  received: dateTime.optional(),
  recipient: list(reference),
  sender: reference.optional(),
  reasonCode: list(codeableConcept),
  reasonReference: list(reference),
  payload: list(
    element({ contentString: text.optional(), contentReference: reference.optional() }).refine(
      ({ contentString, contentReference }) =>
        (contentString === undefined) !== (contentReference === undefined),
      'needs exactly one content[x]',
    ),
  ),
  note: list(element({ text })),
});

export const resources = {
  AuditEvent: auditEvent,
  Communication: communication,
  Provenance: provenance,
  QuestionnaireResponse: questionnaireResponse,
} as const;
export type ResourceType = keyof typeof resources;
export const resourceTypes = Object.keys(resources) as ResourceType[];
export const isResourceType = (type: unknown): type is ResourceType =>
  typeof type === 'string' && Object.hasOwn(resources, type);

/** A stored resource, as far as the server itself looks into it. */
export interface Resource {
  resourceType: ResourceType;
  id?: string;
  meta?: { tag?: readonly Token[] } & Record<string, unknown>;
  identifier?: IdentifierToken | readonly IdentifierToken[];
  [element: string]: unknown;
}
export interface Token {
  system?: string;
  code?: string;
}
export interface IdentifierToken {
  system?: string;
  value?: string;
}
