import type { Patient, PatientQuery } from './schemas.ts';

/** Synthetic people. Numbers are from the range that is reserved for fiction (555-01xx). */
export const people: readonly Patient[] = [
  person('p-1001', 'Maria', 'Alvarez', '1984-03-12', '+15550100123', 'Doctor Chen', 'Bluewater Health'),
  person('p-1002', 'James', 'Okafor', '1971-11-30', '+15550100124', 'Doctor Patel', 'Northern Mutual'),
  person('p-1003', 'Susan', 'Lindqvist', '1990-07-04', '+15550100125', 'Doctor Chen', 'self-pay'),
  person('p-1004', 'David', 'Nguyen', '2001-01-19', '+15550100126', 'Doctor Romero', 'Bluewater Health'),
  person('p-1005', 'Margaret', 'Brown', '1948-09-23', '+15550100127', 'Doctor Patel', 'Medicare'),
  person('p-1006', 'Robert', 'Brown', '1948-09-23', '+15550100128', 'Doctor Patel', 'Medicare'),
  person('p-1007', 'Fatima', 'Haddad', '1995-05-15', '+15550100129', 'Doctor Romero', 'Northern Mutual'),
  person('p-1008', 'Thomas', 'Miller', '1966-12-01', '+15550100130', 'Doctor Chen', 'Lakeshore Union Plan'),
];

const most = 5;

/** Names compare without case, accents and punctuation. */
export function findPeople(query: PatientQuery): Patient[] {
  const same = (asked: string | undefined, held: string) =>
    asked === undefined || plain(asked) === plain(held);
  return people
    .filter(
      (one) =>
        same(query.familyName, one.familyName) &&
        same(query.givenName, one.givenName) &&
        (query.birthDate === undefined || query.birthDate === one.birthDate) &&
        (query.phone === undefined || query.phone === one.phone),
    )
    .slice(0, most);
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
}

function person(
  patientId: string,
  givenName: string,
  familyName: string,
  birthDate: string,
  phone: string,
  doctor: string,
  insurance: string,
): Patient {
  return { patientId, givenName, familyName, birthDate, phone, doctor, insurance };
}
