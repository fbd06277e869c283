import type { ShortRedFlag } from '../definition/short-form/schema-red-flags.ts';
import { type Draw, maybe, pick } from './draw.ts';

/** Words that YAML, FHIRPath or a prompt might trip over. */
const texts = [
  'How are you?',
  'yes',
  'no: really',
  '# 1 of 2',
  ' leading and trailing ',
  '1.0',
  'null',
  '2026-01-01',
  'Ünïcode — “quotes” 漢字 🙂',
  'two\nlines\n',
  "it's 'single'",
  'a "double" one',
  '- dash',
  '@at %per {brace} [bracket] !tag &anchor *star',
  '~',
  'back\\slash',
  `${'a long one, '.repeat(14)}the end`,
];

export function text(draw: Draw): string {
  return pick(draw, texts);
}

export function translated(draw: Draw): { translations?: Record<string, string> } {
  return maybe(draw, 4, 'translations', () => ({ es: text(draw), 'fr-CA': text(draw) }));
}

export function randomRedFlag(draw: Draw): ShortRedFlag {
  const severity = pick(draw, ['emergency', 'urgent', 'concern'] as const);
  const action = maybe(draw, 2, 'action', () => pick(draw, ['create-case', 'hand-over', 'say'] as const));
  if (draw.below(3) === 0)
    return { use: 'chest-pain', ...action, ...maybe(draw, 2, 'severity', () => severity) };
  const question = maybe(draw, 3, 'confirm', () => text(draw));
  const both = () => ({ es: { script: text(draw), confirm: text(draw) } });
  return {
    severity,
    script: text(draw),
    phrases: ['(my|his) chest … hurts', 'red car'],
    ...action,
    ...question,
    ...('confirm' in question ? maybe(draw, 2, 'translations', both) : translated(draw)),
  };
}
