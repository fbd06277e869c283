import type { Definition, IntakeState, Item } from '../types.ts';
import { callerOf, mayAnswer, waitingForPatient } from './caller.ts';
import { catalogueOf, isAskable } from './catalogue.ts';
import { enablementOf } from './enablement.ts';
import { currentStep } from './steps.ts';

/** The intake as the model needs to see it this turn: what is asked now, what is open, what is known. Goes in the prompt. */
export function describeForModel(definition: Definition, state: IntakeState): string {
  const step = currentStep(definition, state);
  const enabled = enablementOf(definition, state);
  const items = catalogueOf(definition, state)
    .ordered.map(({ item }) => item)
    .filter((item) => isAskable(item) && item.occurrence?.asks === undefined);
  const settled = items.filter((item) => enabled(item.linkId) && state.items[item.linkId]);
  const current = 'linkId' in step ? step.linkId : undefined;
  const open = items.filter(
    (item) =>
      enabled(item.linkId) && !state.items[item.linkId] && item.linkId !== current && mayAnswer(item, state),
  );
  const waiting = waitingForPatient(definition, state, enabled);
  const later = items.filter((item) => !enabled(item.linkId));
  return [
    `Questionnaire: ${definition.title}`,
    callerOf(state) === 'proxy' ? 'On the line: someone who speaks for the patient.' : '',
    now(definition, state),
    section('Still to be asked (record an answer at once if the caller volunteers it):', open.map(line)),
    section('Only the patient themself may answer, who is not on the line (do not ask):', waiting.map(line)),
    section('Only asked if it comes to apply:', later.map(line)),
    section(
      'Known so far (record again only if the caller corrects it):',
      settled.map((item) => known(item, state)),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function now(definition: Definition, state: IntakeState): string {
  const step = currentStep(definition, state);
  switch (step.kind) {
    case 'ask': {
      const { item } = catalogueOf(definition, state).byLink.get(step.linkId)!;
      const why = item.why === undefined ? '' : `\nIf the caller asks why: "${item.why}"`;
      return `Current item: ${line(item)}\nAsked as: "${step.prompt}"${why}${likely(item)}`;
    }
    case 'readBack':
      return `Current item: ${step.linkId}, waiting for the caller to confirm what was read back.\nAsked as: "${step.prompt}"`;
    case 'complete':
      return 'Every question is settled. Nothing is left to ask.';
    case 'handOver':
      return 'A person takes over this call. Ask nothing more.';
  }
}

/** What the questionnaire expects to hear, which a recogniser may have written otherwise. Options stand in the item's line. */
function likely({ hints, options }: Item): string {
  const listed = new Set(options.flatMap(({ display, synonyms }) => [display, ...synonyms]));
  const words = hints.words.filter((word) => !listed.has(word)).slice(0, mostLikely);
  return words.length === 0 ? '' : `\nMay have been misheard for: ${words.join(', ')}`;
}

const mostLikely = 40;

function line(item: Item): string {
  const options = item.options.map((option) =>
    option.code === option.display ? option.code : `${option.code} (${option.display})`,
  );
  const listed = options.length > 0 ? `; one of: ${options.join(', ')}` : '';
  return `${item.linkId} [${describeType(item)}${item.required ? ', required' : ''}]: ${item.text === '' ? item.prompt : item.text}${listed}`;
}

function describeType(item: Item): string {
  const repeats = item.repeats ? ', several allowed' : '';
  if (item.form !== 'free') return `${item.form}${repeats}`;
  return `${item.type === 'boolean' ? 'yes or no' : item.type}${repeats}`;
}

function known(item: Item, state: IntakeState): string {
  const state_ = state.items[item.linkId]!;
  if (state_.status !== 'answered') return `${item.linkId}: ${state_.status}`;
  return `${item.linkId}: ${state_.display}${state_.confirmed ? '' : ' (not confirmed yet)'}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((one) => `- ${one}`)].join('\n');
}
