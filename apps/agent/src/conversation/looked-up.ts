import { parseJson } from '@vestibule/core';
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
