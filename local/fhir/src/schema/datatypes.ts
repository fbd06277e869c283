import { z } from 'zod';

/** FHIR R4's primitive and general-purpose data types (hl7.org/fhir/R4/datatypes.html), strict: an unknown element is a fault. */
const matching = (type: string, pattern: RegExp) => z.string().regex(pattern, `is not a ${type}`);

export const text = matching('string', /\S/);
export const code = matching('code', /^[^\s]+(\s[^\s]+)*$/);
export const uri = matching('uri', /^\S+$/);
export const id = matching('id', /^[A-Za-z0-9.-]{1,64}$/);
const day = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])';
const clock = '([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?';
const zone = '(Z|[+-]((0\\d|1[0-3]):[0-5]\\d|14:00))';
export const instant = matching('instant', new RegExp(`^${day}T${clock}${zone}$`));
export const date = matching('date', new RegExp(`^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$`));
export const dateTime = matching(
  'dateTime',
  new RegExp(`^(\\d{4}(-(0[1-9]|1[0-2]))?|${day}(T${clock}${zone})?)$`),
);
export const time = matching('time', new RegExp(`^${clock}$`));

/** Lists are never empty in FHIR's JSON. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).min(1, 'is an empty list').optional();

const extension = z.looseObject({ url: uri });
const common = { id: text.optional(), extension: list(extension) };

/** A data type's or a backbone's elements. */
export function element<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject({ ...common, modifierExtension: list(extension), ...shape });
}

export const coding = element({
  system: uri.optional(),
  version: text.optional(),
  code: code.optional(),
  display: text.optional(),
  userSelected: z.boolean().optional(),
});
export const codeableConcept = element({ coding: list(coding), text: text.optional() });
export const period = element({ start: dateTime.optional(), end: dateTime.optional() }).refine(
  ({ start, end }) => start === undefined || end === undefined || Date.parse(start) <= Date.parse(end),
  'per-1: the start is after the end',
);
const quantity = element({
  value: z.number().optional(),
  comparator: z.enum(['<', '<=', '>=', '>']).optional(),
  unit: text.optional(),
  system: uri.optional(),
  code: code.optional(),
}).refine(
  (given) => given.code === undefined || given.system !== undefined,
  'qty-3: a code without a system',
);

const identifierShape = {
  use: z.enum(['usual', 'official', 'temp', 'secondary', 'old']).optional(),
  type: codeableConcept.optional(),
  system: uri.optional(),
  value: text.optional(),
  period: period.optional(),
};
export const identifier = element(identifierShape);
export const reference = element({
  reference: text.optional(),
  type: uri.optional(),
  identifier: identifier.optional(),
  display: text.optional(),
});

export const meta = element({
  versionId: id.optional(),
  lastUpdated: instant.optional(),
  source: uri.optional(),
  profile: list(uri),
  security: list(coding),
  tag: list(coding),
});
export const signature = element({
  type: z.array(coding).min(1),
  when: instant,
  who: reference,
  targetFormat: code.optional(),
  sigFormat: code.optional(),
  data: z.base64().optional(),
});

/** `value[x]` of an answer, each with its sibling `_value…` for a primitive that is absent. */
const primitiveExtension = z.strictObject(common).optional();
export const answerValues = {
  valueBoolean: z.boolean().optional(),
  valueDecimal: z.number().optional(),
  valueInteger: z.int().optional(),
  valueDate: date.optional(),
  valueDateTime: dateTime.optional(),
  valueTime: time.optional(),
  valueString: text.optional(),
  valueUri: uri.optional(),
  valueCoding: coding.optional(),
  valueQuantity: quantity.optional(),
  valueReference: reference.optional(),
  _valueBoolean: primitiveExtension,
  _valueDecimal: primitiveExtension,
  _valueInteger: primitiveExtension,
  _valueDate: primitiveExtension,
  _valueDateTime: primitiveExtension,
  _valueTime: primitiveExtension,
  _valueString: primitiveExtension,
  _valueUri: primitiveExtension,
};

/** How many different `value[x]` there are; a primitive and its `_` sibling are one. */
export function valueCount(given: object): number {
  return new Set(
    Object.keys(given).flatMap((key) => (/^_?value[A-Z]/.test(key) ? [key.replace(/^_/, '')] : [])),
  ).size;
}
