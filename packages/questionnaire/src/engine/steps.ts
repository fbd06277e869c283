import { keypadOffer, yesOrNoKeys } from '../speak/keypad.ts';
import { readBackPrompt } from '../speak/spoken.ts';
import { speakable } from '../speak/speakable.ts';
import type { Definition, IntakeState, Item, Step } from '../types.ts';
import { mayAnswer, neededOfPatient, waitingForPatient, worded } from './caller.ts';
import { catalogueOf, isAskable } from './catalogue.ts';
import { enablementOf } from './enablement.ts';
import { flagQuestion } from './flag-question.ts';

/**
 * What is to be said in that state: a read-back that is owed, else the first item that applies and is open, else the
 * end. Depends on nothing but its arguments, so a take-over asks the very same question again.
 */
export function currentStep(definition: Definition, state: IntakeState): Step {
  if (state.handOver) return { kind: 'handOver', ...state.handOver };
  const flag = flagQuestion(definition, state);
  if (flag) return flag;
  const enabled = enablementOf(definition, state);
  const applying = catalogueOf(definition, state).ordered.filter(({ item }) => enabled(item.linkId));
  const questions = applying
    .map(({ item }) => item)
    .filter((item) => isAskable(item) && mayAnswer(item, state));
  const owed = questions.find((item) => {
    const known = state.items[item.linkId];
    return known?.status === 'answered' && !known.confirmed;
  });
  if (owed) return readBackStep(owed, state);
  const open = questions.find((item) => isOpen(item, state));
  if (open) return askStep(definition, open, state);
  const needed = neededOfPatient(definition, waitingForPatient(definition, state, enabled));
  if (needed) return { kind: 'handOver', reason: 'patient-only', linkId: needed.linkId };
  const rest = tellingsBefore(definition, state, undefined);
  return { kind: 'complete', ...(rest.length > 0 ? { prompt: rest.map(({ say }) => say).join(' ') } : {}) };
}

function isOpen(item: Item, state: IntakeState): boolean {
  const known = state.items[item.linkId];
  return known === undefined || (known.status === 'answered' && known.open === true);
}

function readBackStep(item: Item, state: IntakeState): Step {
  const known = state.items[item.linkId];
  const value = known?.status === 'answered' ? known.values.at(-1)! : '';
  const isAgain = state.cause?.linkId === item.linkId && state.cause.why === 'retry';
  const prompt = `${isAgain ? 'Please answer yes or no. ' : ''}${readBackPrompt(item, value)}`;
  const offer = isAgain ? { offerKeys: yesOrNoKeys } : {};
  return { kind: 'readBack', linkId: item.linkId, prompt, value, ...offer };
}

function askStep(definition: Definition, item: Item, state: IntakeState): Step {
  const failures = state.failures[item.linkId] ?? 0;
  const cause = state.cause?.linkId === item.linkId ? state.cause : undefined;
  const more = state.items[item.linkId]?.status === 'answered';
  const dropped = state.dropped.includes(item.linkId);
  const why = more ? 'more' : (cause?.why ?? (dropped ? 'corrected' : 'next'));
  const told = tellingsBefore(definition, state, item.linkId).map(({ say }) => say);
  const question = more ? 'Anything else?' : wording(worded(item, state), failures);
  const isOffered = item.keypad === 'first' || (failures > 0 && item.keypad !== 'never');
  const offer = isOffered && !more ? keypadOffer(item) : undefined;
  return {
    kind: 'ask',
    linkId: item.linkId,
    prompt: [...told, question].join(' '),
    attempt: failures + 1,
    why,
    ...(cause?.problem === undefined ? {} : { problem: cause.problem }),
    type: item.type,
    ...(item.options.length > 0
      ? { options: item.options.map(({ code, display }) => ({ code, display })) }
      : {}),
    ...(offer === undefined ? {} : { offerKeys: offer }),
    required: item.required,
  };
}

function wording(item: Item, failures: number): string {
  if (failures === 0 || item.retries.length === 0) return item.prompt;
  return item.retries[Math.min(failures, item.retries.length) - 1]!;
}

/** A display or group text that is still to be said, before the item at `linkId` (before the end, when undefined). */
export function tellingsBefore(
  definition: Definition,
  state: IntakeState,
  linkId: string | undefined,
): { linkId: string; say: string }[] {
  const enabled = enablementOf(definition, state);
  const { ordered, byLink } = catalogueOf(definition, state);
  const end = linkId === undefined ? ordered.length : ordered.findIndex(({ item }) => item.linkId === linkId);
  const around = linkId === undefined ? [] : (byLink.get(linkId)?.parents ?? []);
  return ordered
    .slice(0, end)
    .map(({ item }) => item)
    .filter((item) => item.type === 'display' || (item.type === 'group' && around.includes(item)))
    .filter(
      (item) =>
        !item.hidden && item.prompt !== '' && !state.told.includes(item.linkId) && enabled(item.linkId),
    )
    .map((item) => ({ linkId: item.linkId, say: ended(speakable(item.prompt)) }));
}

function ended(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
