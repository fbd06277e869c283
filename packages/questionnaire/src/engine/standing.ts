import { optionOf } from '../expressions/values.ts';
import type { Computed } from '../expressions/types.ts';
import type { AnswerOption, AnswerValue, Definition, IntakeState, Item } from '../types.ts';
import { withOptions } from '../definition/speakable.ts';
import { sameValue } from './compare.ts';
import { hasRepeatingGroups, unfold } from './occurrences.ts';

/**
 * The definition as it stands in that state: repeating groups as often as they occur, with the options and bounds that
 * its expressions give now. The same object while nothing of that changes.
 */
export function standing(definition: Definition, state: Pick<IntakeState, 'items' | 'computed'>): Definition {
  const { computed } = state;
  const overrides = computed && hasOverrides(computed) ? computed : undefined;
  const unfolds = repeats(definition);
  if (!unfolds && !overrides) return definition;
  const key = JSON.stringify([unfolds ? othersIn(state) : [], overrides?.options, overrides?.bounds]);
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
const repeating = new WeakMap<Definition, boolean>();

function repeats(definition: Definition): boolean {
  const known = repeating.get(definition) ?? hasRepeatingGroups(definition.items);
  repeating.set(definition, known);
  return known;
}

/** What decides how often groups occur: the answers to "Is there another …?". */
function othersIn({ items }: Pick<IntakeState, 'items'>): string[] {
  return Object.keys(items)
    .filter((key) => {
      const known = items[key];
      return key.endsWith('?') && known?.status === 'answered' && known.values[0] === true;
    })
    .sort();
}

function hasOverrides({ options, bounds }: Computed): boolean {
  return Object.keys(options).length > 0 || Object.keys(bounds).length > 0;
}

function withOverrides(item: Item, computed: Computed): Item {
  const offered = computed.options[item.linkId];
  const bounds = computed.bounds[item.linkId];
  return {
    ...item,
    ...(offered ? withOffered(item, optionsNow(item, offered)) : {}),
    ...(bounds ? { rules: { ...item.rules, ...bounds } } : {}),
    items: item.items.map((child) => withOverrides(child, computed)),
  };
}

/** They are read out with the question as long as they are few. */
function withOffered(item: Item, options: AnswerOption[]): Partial<Item> {
  // With nothing to choose from, a question that must not be passed over is asked for in words.
  const inWords = item.type === 'choice' && item.required && options.length === 0;
  return {
    ...(inWords ? { type: 'open-choice', described: 'coding' } : {}),
    offered: item.offered ?? item.options,
    options,
    prompt: withOptions(item.prompt, options),
    retries: item.retries.map((retry) => withOptions(retry, options)),
  };
}

/** Options of the questionnaire keep what it says of them: score, synonyms. */
function optionsNow(item: Item, offered: readonly AnswerValue[]): AnswerOption[] {
  return offered.map((value) => item.options.find((one) => sameValue(one.value, value)) ?? optionOf(value));
}
