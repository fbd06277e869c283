/** Street types and directions as they are written in full. */
export const streetTypes = new Map<string, string>();
for (const entry of 'street,st|road,rd|avenue,ave,av|boulevard,blvd|drive,dr|lane,ln|court,ct|place,pl|way|circle,cir|terrace,ter|parkway,pkwy|square,sq|trail,trl|loop|alley|plaza|highway,hwy|pike|turnpike|path|cove|crossing|row|run|ridge|walk|bend|landing|extension|expressway|freeway|route|crescent|close|mews|point,pt|hill|grove|manor|heights|glen|green|gardens|estates'.split(
  '|',
)) {
  const words = entry.split(',');
  const full = words[0]!.charAt(0).toUpperCase() + words[0]!.slice(1);
  for (const word of words) streetTypes.set(word, full);
}

export const directions: ReadonlyMap<string, string> = new Map(
  'north|south|east|west|northeast|northwest|southeast|southwest'.split('|').flatMap((name) => {
    const full = name.charAt(0).toUpperCase() + name.slice(1);
    const short = name.length > 5 ? `${name.charAt(0)}${name.charAt(5)}` : name.charAt(0);
    return [[name, full] as const, [short, full] as const];
  }),
);

/** Roads known by their number, longest first, as they are written. */
export const numberedRoads: readonly (readonly [words: readonly string[], name: string])[] = [
  'farm to market road',
  'farm road',
  'county road',
  'county highway',
  'county route',
  'state road',
  'state route',
  'state highway',
  'us highway',
  'us route',
  'u s highway',
  'u s route',
  'rural route',
  'old highway',
  'old route',
  'highway',
  'interstate',
  'route',
].map((name) => [
  name.split(' '),
  name
    .replace(/^u s\b|^us\b/, 'US')
    .replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
    .replace(' To ', ' to '),
]);

/** Units of a building, as they are written at the end of the line. */
export const units: ReadonlyMap<string, string> = new Map([
  ['apartment', 'Apt'],
  ['apt', 'Apt'],
  ['unit', 'Unit'],
  ['suite', 'Suite'],
  ['ste', 'Suite'],
  ['number', 'Apt'],
  ['lot', 'Lot'],
  ['room', 'Room'],
  ['trailer', 'Trailer'],
  ['space', 'Space'],
]);
