import type { Match, Token } from './tokens.ts';

export interface Unit {
  /** UCUM. */
  code: string;
  /** As it is said back. */
  unit: string;
}

/** Spoken units: UCUM code, what is said back, and the words for it. */
const table: readonly (readonly [code: string, unit: string, words: string])[] = [
  ['[lb_av]', 'pounds', 'pound|pounds|lb|lbs'],
  ['[stone_av]', 'stone', 'stone'],
  ['kg', 'kilograms', 'kilogram|kilograms|kilo|kilos|kg|kgs'],
  ['g', 'grams', 'gram|grams|g'],
  [
    'mg',
    'milligrams',
    'milligram|milligrams|mg|mgs|milli grams|millie grams|milli gram|millie gram|mig|migs',
  ],
  ['ug', 'micrograms', 'microgram|micrograms|mcg|mcgs|micro grams'],
  [
    'mL',
    'milliliters',
    'milliliter|milliliters|millilitre|millilitres|ml|mls|mil|mils|mill|mills|milli liters|cc|ccs|c c|m l',
  ],
  ['dL', 'deciliters', 'deciliter|deciliters'],
  ['L', 'liters', 'liter|liters|litre|litres'],
  ['[foz_us]', 'fluid ounces', 'fluid ounce|fluid ounces'],
  ['[oz_av]', 'ounces', 'ounce|ounces|oz'],
  ['[cup_us]', 'cups', 'cup|cups'],
  ['[pt_us]', 'pints', 'pint|pints'],
  ['[qt_us]', 'quarts', 'quart|quarts'],
  ['[gal_us]', 'gallons', 'gallon|gallons'],
  ['[tsp_us]', 'teaspoons', 'teaspoon|teaspoons|tsp'],
  ['[tbs_us]', 'tablespoons', 'tablespoon|tablespoons|tbsp'],
  ['[drp]', 'drops', 'drop|drops'],
  ['[iU]', 'units', 'unit|units|international units|i u'],
  ['meq', 'milliequivalents', 'milliequivalent|milliequivalents|meq'],
  [
    'mg/dL',
    'milligrams per deciliter',
    'milligrams per deciliter|mg per deciliter|mg/dl|milligrams a deciliter|mg per dl',
  ],
  [
    'mmol/L',
    'millimoles per liter',
    'millimoles per liter|millimole per liter|mmol per liter|mmol/l|millimoles|millimoles a liter',
  ],
  [
    'L/min',
    'liters per minute',
    'liters per minute|liters a minute|liter per minute|liter a minute|l per minute|litres a minute|litres per minute|lpm|l/min',
  ],
  [
    'mL/h',
    'milliliters per hour',
    'milliliters per hour|milliliters an hour|ml per hour|ml an hour|mils an hour|ccs an hour',
  ],
  ['g/dL', 'grams per deciliter', 'grams per deciliter|g/dl'],
  ['mm[Hg]', 'millimeters of mercury', 'millimeters of mercury|mmhg'],
  [
    '/min',
    'per minute',
    'beats per minute|beats a minute|per minute|a minute|times a minute|bpm|b p m|breaths per minute|breaths a minute|beats',
  ],
  ['[ft_i]', 'feet', 'foot|feet|ft'],
  ['[in_i]', 'inches', 'inch|inches'],
  ['cm', 'centimeters', 'centimeter|centimeters|centimetre|centimetres|cm|cms|centi meters'],
  ['mm', 'millimeters', 'millimeter|millimeters|millimetre|millimetres|mm'],
  ['m', 'meters', 'meter|meters|metre|metres'],
  ['km', 'kilometers', 'kilometer|kilometers|kilometre|kilometres|km|k'],
  ['[mi_i]', 'miles', 'mile|miles'],
  ['[yd_i]', 'yards', 'yard|yards'],
  ['s', 'seconds', 'second|seconds'],
  ['min', 'minutes', 'minute|minutes'],
  ['h', 'hours', 'hour|hours'],
  ['d', 'days', 'day|days'],
  ['wk', 'weeks', 'week|weeks'],
  ['mo', 'months', 'month|months'],
  ['a', 'years', 'year|years'],
  ['[degF]', 'degrees Fahrenheit', 'fahrenheit|degrees fahrenheit|degree fahrenheit|degrees f'],
  ['Cel', 'degrees Celsius', 'celsius|centigrade|degrees celsius|degrees centigrade|degrees c|celcius'],
  ['%', 'percent', 'percent|per cent|%'],
];

const wordings = table
  .flatMap(([code, unit, words]) => words.split('|').map((said) => ({ code, unit, words: said.split(' ') })))
  .sort((a, b) => b.words.length - a.words.length);

/** The unit that stands at `at`, the longest wording first. */
export function unitAt(tokens: readonly Token[], at: number): Match<Unit> | undefined {
  const found = wordings.find(({ words }) => words.every((word, index) => tokens[at + index]?.word === word));
  return found && { value: { code: found.code, unit: found.unit }, start: at, end: at + found.words.length };
}

export function unitOf(code: string | undefined): Unit | undefined {
  const found = table.find(([own]) => own === code);
  return found && { code: found[0], unit: found[1] };
}
