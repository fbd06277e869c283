/** Where a number may be rung at: its prefix, and the time zones in which its owner may be. */
export interface CallingZones {
  prefix: string;
  timezones: readonly string[];
}

const at = (timezone: string, ...areas: number[]): CallingZones[] =>
  areas.map((area) => ({ prefix: `+1${area}`, timezones: [timezone] }));

/**
 * What is known of the North American plan without asking anybody: the states outside the continent and the Atlantic provinces have area codes of their
 * own. An area code says where a number was given out, not where its owner is; so for all others every zone of the continent counts.
 */
export const knownZones: readonly CallingZones[] = [
  {
    prefix: '+1',
    timezones: [
      'America/New_York',
      'America/Chicago',
      'America/Denver',
      'America/Phoenix',
      'America/Los_Angeles',
    ],
  },
  { prefix: '+1907', timezones: ['America/Anchorage', 'America/Adak'] },
  ...at('Pacific/Honolulu', 808),
  ...at('Pacific/Guam', 670, 671),
  ...at('Pacific/Pago_Pago', 684),
  ...at('America/Puerto_Rico', 340, 787, 939),
  ...at('America/Halifax', 428, 506, 782, 902),
  ...at('America/St_Johns', 709, 879),
];

/**
 * Numbers that cost more than they look: premium and personal ones, and the countries of the Caribbean and Atlantic that look like a call within the United
 * States (the "one ring" trick). nationalnanpa.com lists who has which area code.
 */
export const costlyPrefixes: readonly string[] = [
  ...[500, 521, 522, 523, 524, 525, 526, 527, 528, 529, 533, 544, 566, 577, 588, 700, 900],
  ...[242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721],
  ...[758, 767, 784, 809, 829, 849, 868, 869, 876],
].map((area) => `+1${area}`);
