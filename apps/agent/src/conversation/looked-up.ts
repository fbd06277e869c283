import { parseJson } from '@vestibule/core';
import type { CallState } from '@vestibule/record';
import { z } from 'zod';

/** The tool that looks callers up; it answers for verified callers alone. */
const tool = 'find_patient';

const foundSchema = z.object({
  patients: z
    .array(
      z.object({
        patientId: z.string(),
        givenName: z.string().optional(),
        familyName: z.string().optional(),
        birthDate: z.iso.date().optional(),
        phone: z.string().optional(),
      }),
    )
    .length(1),
});

/** What a model is told in place of a record that may not be disclosed yet. */
export const withheld = JSON.stringify({
  found: true,
  withheld:
    'Not to be disclosed before the caller has confirmed who the patient is; the questionnaire uses it by itself then. Look it up again after that if it is needed.',
});

const personal =
  /^(?:patients?|patient_?id|(?:family|given|first|last)_?name|birth_?date|date_?of_?birth|dob)$/i;

/** Whether a tool's answer tells anything of a person: by the names of its members. */
export function tellsOfPerson(result: string): boolean {
  const tells = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(
      ([name, member]) => (personal.test(name) && !isEmpty(member)) || tells(member),
    );
  return tells(parseJson(result));
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

/** The patient that was looked up before a take-over. */
export const patientFound = ({ found = [] }: Pick<CallState, 'found'>): object | undefined =>
  found.map(({ name, piiResult }) => patientIn(name, String(piiResult))).findLast((patient) => patient);

/** The one patient that a look-up found, as FHIR has it; undefined when it found none, several, or something else. */
export function patientIn(name: string, result: string): object | undefined {
  if (name !== tool) return undefined;
  const found = foundSchema.safeParse(parseJson(result)).data?.patients[0];
  if (!found) return undefined;
  const { patientId: id, givenName, familyName: family, birthDate, phone } = found;
  const given = givenName === undefined ? {} : { given: [givenName] };
  return {
    resourceType: 'Patient',
    id,
    ...(family === undefined ? {} : { name: [{ family, ...given }] }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(phone === undefined ? {} : { telecom: [{ system: 'phone', value: phone }] }),
  };
}
