import { z } from 'zod';
import type { CrossFault, Read } from './cross-checks.ts';
import * as leaf from './leaves.ts';
import type { Config } from './schema.ts';
import { holidays, isOnShift, shift } from './shifts.ts';

/** Why a caller is brought to a person: how severe a red flag is, or what else ends an intake. */
export const staffReasons = [
  'emergency',
  'urgent',
  'concern',
  'wants-person',
  'no-usable-answer',
  'patient-only',
  'no-model',
] as const;
export type StaffReason = (typeof staffReasons)[number];

const words = (description: string, text: string) =>
  z
    .string()
    .trim()
    .min(1)
    .default(text)
    .meta({ description, examples: [text] });

const person = z.strictObject({
  name: leaf.name('How the record names the person or desk', 'nurse-line'),
  number: leaf.e164('Their number, one of outbound.destinations'),
  hours: z
    .array(shift)
    .default([])
    .meta({
      description: 'When they are on duty; none: always',
      examples: [[{ from: '18:00', to: '08:00' }]],
    }),
  timezone: leaf.timeZone('Of their hours and holidays; default the organisation’s').optional(),
  holidays,
  takes: z
    .array(z.enum(staffReasons))
    .min(1)
    .default([...staffReasons])
    .meta({ description: 'Why callers are brought to them', examples: [['emergency', 'urgent']] }),
  ring: z
    .int()
    .min(5)
    .max(60)
    .default(20)
    .meta({ description: 'Seconds that it rings before the next is tried', examples: [20] }),
  transfer: z
    .enum(['warm', 'cold'])
    .default('warm')
    .meta({
      description: 'Dialled into the caller’s room and told first, or the caller’s call given away by REFER',
      examples: ['warm'],
    }),
  accept: z
    .enum(['key', 'speech', 'either'])
    .default('key')
    .meta({ description: 'How they take a call', examples: ['key'] }),
});

export const staffSchema = z.strictObject({
  callerId: leaf.e164('The number that staff see, one of outbound.callerIds; default the first').optional(),
  onCall: z
    .array(person)
    .min(1)
    .meta({ description: 'People and desks, in the order in which they are tried' }),
  whenExhausted: z
    .strictObject({
      emergency: words(
        'Said after a red flag of that severity when nobody could be reached',
        'This may be an emergency. Please hang up and dial 9 1 1 now.',
      ),
      urgent: words(
        'The same',
        'You can call or text 9 8 8 at any time and speak with a person. In an emergency, dial 9 1 1.',
      ),
      otherwise: words('For every other reason', 'In an emergency, hang up and dial 9 1 1.'),
    })
    .prefault({})
    .meta({ description: 'Which lines a caller is told of when the list is exhausted. Never advice' }),
});

type Staff = NonNullable<Config['staff']>;
export type StaffPerson = Staff['onCall'][number];

/** The edge calls listed numbers only, so a list that it would refuse must not wait for the night to be found out. */
export function staffFaults(read: Read): CrossFault[] {
  const staff = read('staff');
  if (staff === undefined) return [];
  const outbound = read('outbound');
  if (outbound === undefined)
    return [
      {
        path: ['staff'],
        message: 'needs outbound, by which staff are called',
        remedy: 'Add an outbound section with their numbers under destinations',
      },
    ];
  const { callerId, onCall } = staff;
  const shown: CrossFault[] =
    callerId === undefined || outbound.callerIds.includes(callerId)
      ? []
      : [
          {
            path: ['staff', 'callerId'],
            message: `${callerId} is not among outbound.callerIds`,
            remedy: `Use one of: ${outbound.callerIds.join(', ')}`,
          },
        ];
  return [...shown, ...onCall.flatMap((one, index) => personFaults(one, index, staff, outbound))];
}

function personFaults(
  { name, number, transfer }: StaffPerson,
  index: number,
  { onCall }: Staff,
  { destinations, refer }: NonNullable<Config['outbound']>,
): CrossFault[] {
  const path = ['staff', 'onCall', index];
  const first = onCall.findIndex((other) => other.name === name);
  return [
    ...(first === index
      ? []
      : [
          {
            path: [...path, 'name'],
            message: `${name} is already there as staff.onCall[${first}]`,
            remedy: 'The record tells them apart by name',
          },
        ]),
    ...(destinations.includes(number)
      ? []
      : [
          {
            path: [...path, 'number'],
            message: `${number} is not among outbound.destinations, so the edge would not call it`,
            remedy: 'Add it there, or correct it',
          },
        ]),
    ...(transfer === 'cold' && refer === 'refuse'
      ? [
          {
            path: [...path, 'transfer'],
            message: 'is cold, and outbound.refer refuses every REFER',
            remedy: 'Set outbound.refer to pass, or transfer to warm',
          },
        ]
      : []),
  ];
}

/** The people who are on duty at that time for that reason, in order. `timezone`: the organisation's. */
export function onDuty(
  { onCall }: Staff,
  reason: StaffReason,
  atMs: number,
  timezone: string,
): StaffPerson[] {
  return onCall.filter((one) => one.takes.includes(reason) && isOnShift(one, atMs, one.timezone ?? timezone));
}
