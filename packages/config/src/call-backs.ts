import { z } from 'zod';
import { costlyPrefixes, knownZones } from './calling-zones.ts';
import type { CrossFault, Read } from './cross-checks.ts';
import * as leaf from './leaves.ts';
import type { Config } from './schema.ts';
import { holidays, shift } from './shifts.ts';

const prefix = (description: string) =>
  z
    .string()
    .regex(/^\+[1-9]\d{0,14}$/, 'is not the beginning of an E.164 number')
    .meta({ description, examples: ['+1'] });

/** Times are found by looking at each quarter of an hour: every time zone differs from UTC by whole ones. */
const quarter = (description: string, example: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'is not a quarter of an hour (HH:00, :15, :30, :45)')
    .default(example)
    .meta({ description, examples: [example] });

const whole = (description: string, [least, most]: readonly [number, number], usual: number) =>
  z
    .int()
    .min(least)
    .max(most)
    .default(usual)
    .meta({ description, examples: [usual] });

/** Calls to callers who were cut off or asked for it. Whoever can make us ring somebody, or pay for it, is the reason for the limits here. */
export const callBacksSchema = z.strictObject({
  callerId: leaf
    .e164(
      'The number that they see, one of outbound.callerIds; default the one that they called, else the first',
    )
    .optional(),
  callers: z
    .enum(['attested', 'verified'])
    .default('attested')
    .meta({
      description:
        'Whose number is good enough to be called: attested A by the carrier, or besides that under callers.allow',
      examples: ['attested'],
    }),
  prefixes: z
    .array(prefix('How numbers begin that may be called'))
    .min(1)
    .meta({ description: 'Countries and areas that may be called; no other is', examples: [['+1']] }),
  never: z
    .array(prefix('How numbers begin that are never called'))
    .default([...costlyPrefixes])
    .meta({
      description: 'Never called, whatever is under prefixes; default what costs more than it looks under +1',
      examples: [['+1900']],
    }),
  zones: z
    .array(
      z.strictObject({
        prefix: prefix('How the numbers begin; of several the longest counts'),
        timezones: z
          .array(leaf.timeZone('A zone in which their owners may be'))
          .min(1)
          .meta({ description: 'All of them must agree that it is no quiet hour' }),
      }),
    )
    .default([])
    .meta({ description: 'Time zones of numbers; known without: those under +1' }),
  quiet: z
    .strictObject({
      from: quarter('When it begins, where the number’s owner may be', '21:00'),
      to: quarter('When it ends there', '08:00'),
    })
    .prefault({})
    .meta({ description: 'Hours in which nobody is called' }),
  hours: z
    .array(shift)
    .default([])
    .meta({
      description: 'When call-backs are made, in the organisation’s time zone; none: at any time',
      examples: [[{ from: '08:00', to: '18:00' }]],
    }),
  holidays,
  after: whole('Minutes from the end of a call to the first attempt', [0, 720], 2),
  attempts: whole('How often it is tried', [1, 10], 3),
  pauses: z
    .array(z.int().min(5).max(1440))
    .min(1)
    .default([15, 120])
    .meta({
      description: 'Minutes between one attempt and the next; the last of them again and again',
      examples: [[15, 120]],
    }),
  withinHours: whole(
    'Hours from the call after which nobody is called back any more; less than archive.graceHours',
    [1, 719],
    12,
  ),
  ring: whole('Seconds that it rings', [10, 60], 30),
  machine: z
    .enum(['hang-up', 'leave-word'])
    .default('hang-up')
    .meta({
      description: 'What is done when a machine answers. The word left is who called and our number, no more',
      examples: ['hang-up'],
    }),
  identifiers: whole(
    'So many identifiers of the earlier call must be given again before anything of it is gone on with',
    [0, 4],
    0,
  ),
  rate: leaf.rate('New call-backs').prefault('10/m'),
  perDestination: leaf.rate('New call-backs to one number').prefault('4/24h'),
  concurrent: whole('Call-backs at one time', [1, 1000], 5),
});

type CallBacks = NonNullable<Config['callBacks']>;

/** Whether vestibule.yaml allows to call that number back. */
export const mayCallBack = ({ prefixes, never }: CallBacks, number: string): boolean =>
  /^\+[1-9]\d{6,14}$/.test(number) &&
  prefixes.some((one) => number.startsWith(one)) &&
  !never.some((one) => number.startsWith(one));

/** The time zones in which the owner of that number may be; none where nothing is known. */
export function zonesOf({ zones }: Pick<CallBacks, 'zones'>, number: string): readonly string[] {
  const fitting = [...knownZones, ...zones].filter(({ prefix: begin }) => number.startsWith(begin));
  return fitting.sort((a, b) => a.prefix.length - b.prefix.length).at(-1)?.timezones ?? [];
}

export function callBackFaults(read: Read): CrossFault[] {
  const callBacks = read('callBacks');
  if (callBacks === undefined) return [];
  const outbound = read('outbound');
  if (outbound === undefined)
    return [
      {
        path: ['callBacks'],
        message: 'needs outbound, by which callers are called back',
        remedy: 'Add an outbound section',
      },
    ];
  const { callerId, withinHours } = callBacks;
  const grace = read('archive')?.graceHours;
  return [
    ...(callerId === undefined || outbound.callerIds.includes(callerId)
      ? []
      : [
          {
            path: ['callBacks', 'callerId'],
            message: `${callerId} is not among outbound.callerIds`,
            remedy: `Use one of: ${outbound.callerIds.join(', ')}`,
          },
        ]),
    ...prefixFaults(callBacks),
    ...(grace === undefined || withinHours < grace
      ? []
      : [
          {
            path: ['callBacks', 'withinHours'],
            message: `is not less than archive.graceHours (${grace}), for which what was said is kept at hand`,
            remedy: `Set it to at most ${grace - 1}, or archive.graceHours to more`,
          },
        ]),
  ];
}

function prefixFaults({ prefixes, never, zones }: z.output<typeof callBacksSchema>): CrossFault[] {
  return prefixes.flatMap((one, index) => {
    const path = ['callBacks', 'prefixes', index];
    const barred = never.find((other) => one.startsWith(other));
    if (barred !== undefined)
      return [
        {
          path,
          message: `${one} begins with ${barred}, which callBacks.never has`,
          remedy: 'Take it off one of the lists',
        },
      ];
    if (zonesOf({ zones }, one).length > 0) return [];
    return [
      {
        path,
        message: `no time zone is known for ${one}, so no hour would be known to be quiet`,
        remedy: `Add { prefix: '${one}', timezones: [...] } under callBacks.zones`,
      },
    ];
  });
}
