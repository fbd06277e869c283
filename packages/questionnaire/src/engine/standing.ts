import { optionOf } from '../expressions/values.ts';
import type { Computed } from '../expressions/types.ts';
import type { AnswerOption, AnswerValue, Definition, IntakeState, Item } from '../types.ts';
import { withOptions } from '../definition/speakable.ts';
import { reworded } from './reworded.ts';
import { sameValue } from './compare.ts';
import { repeatingLinks, unfold } from './occurrences.ts';

/**
 * The definition as it stands in that state: repeating groups as often as they occur, with the options and bounds that
 * its expressions give now. The same object while nothing of that changes.
 */
export function standing(definition: Definition, state: Pick<IntakeState, 'items' | 'computed'>): Definition {
  const { computed } = state;
  const overrides = computed && hasOverrides(computed) ? computed : undefined;
  const unfolds = repeatingIn(definition).size > 0;
  if (!unfolds && !overrides) return definition;
  const key = JSON.stringify([
    unfolds ? unfoldingIn(definition, state) : [],
    overrides?.options,
    overrides?.bounds,
  ]);
  const made = cache.get(definition) ?? new Map<string, Definition>();
  cache.set(definition, made);
  const known = made.get(key);
  if (known) return known;
  if (made.size >= mostKept) made.clear();
  const unfolded = unfolds ? unfold(definition, state) : definition;
  const items = overrides ? unfolded.items.map((item) => withOverrides(item, overrides)) : unfolded.items;
  const now = { ...unfolded, items };
  made.set(key, now);
  return now;
}

/** A step looks at the state before and after it; more are kept for calls that run side by side. */
const mostKept = 50;
const cache = new WeakMap<Definition, Map<string, Definition>>();
const repeating = new WeakMap<Definition, ReadonlySet<string>>();

/** Links of what is unfolded: repeating groups, and repeating questions with items of their own. */
function repeatingIn(definition: Definition): ReadonlySet<string> {
  const known = repeating.get(definition) ?? new Set(repeatingLinks(definition.items));
  repeating.set(definition, known);
  return known;
}

/** What decides how often items occur: answers to "Is there another …?", and to repeating questions with items of their own. */
function unfoldingIn(definition: Definition, { items }: Pick<IntakeState, 'items'>): unknown[] {
  const links = repeatingIn(definition);
  return Object.keys(items)
    .sort()
    .flatMap((key): unknown[] => {
      const known = items[key];
      if (known?.status !== 'answered') return [];
      if (key.endsWith('?')) return known.values[0] === true ? [key] : [];
      return links.has(key.replace(/#[\d.]+$/, '')) ? [[key, known.values]] : [];
    });
}

function hasOverrides({ options, bounds }: Computed): boolean {
  return Object.keys(options).length > 0 || Object.keys(bounds).length > 0;
}

function withOverrides(item: Item, computed: Computed): Item {
  const offered = computed.options[item.linkId];
  const bounds = computed.bounds[item.linkId];
  return {
    ...(offered ? withOffered(item, optionsNow(item, offered)) : item),
    ...(bounds ? { rules: { ...item.rules, ...bounds } } : {}),
    items: item.items.map((child) => withOverrides(child, computed)),
  };
}

/** They are read out with the question as long as they are few. */
function withOffered(given: Item, options: AnswerOption[]): Item {
  const item = reworded(given, (words) => withOptions(words, options));
  // With nothing to choose from, a question that must not be passed over is asked for in words.
  const inWords = item.type === 'choice' && item.required && options.length === 0;
  return {
    ...item,
    ...(inWords ? { type: 'open-choice', described: 'coding' } : {}),
    offered: item.offered ?? item.options,
    options,
  };
}

/** Options of the questionnaire keep what it says of them: score, synonyms. */
function optionsNow(item: Item, offered: readonly AnswerValue[]): AnswerOption[] {
  return offered.map((value) => item.options.find((one) => sameValue(one.value, value)) ?? optionOf(value));
}
