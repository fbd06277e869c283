import { spoken } from './steps.ts';
import type { Candidate } from './cues.ts';
import type { Answer, Persona } from './persona.ts';
import type { QuestionnaireItem } from './questionnaire-items.ts';

/** A persona made ready to listen: which items it can recognise, in the questionnaire's order where that is known. */
export interface Mind {
  readonly persona: Persona;
  readonly candidates: readonly Candidate[];
}

/**
 * Cues are the persona's own, else the item's prompt in the questionnaire, else the item's name. Items that the
 * persona has no answer for are recognised too, so that "I don't know" does not become a guess.
 */
export function makeMind(persona: Persona, items: readonly QuestionnaireItem[] = []): Mind {
  const prompts = new Map(items.map(({ id, prompts }) => [id, prompts]));
  const ids = [...new Set([...prompts.keys(), ...Object.keys(persona.answers)])];
  return {
    persona,
    candidates: ids.map((item) => ({
      item,
      cues: answerTo(persona, item)?.cues ?? prompts.get(item) ?? [item.replace(/[^a-z0-9]+/gi, ' ')],
    })),
  };
}

export function answerTo(persona: Persona, item: string): Answer | undefined {
  return Object.hasOwn(persona.answers, item) ? persona.answers[item] : undefined;
}

/** Everything that the agent may be expected to say, for the recogniser to lean towards. */
export function expectedPhrases(mind: Mind): string[] {
  return [...new Set(mind.candidates.flatMap(({ cues }) => cues))];
}

/** The nth wording (from 0) of an answer; the last one repeats. */
export function wordingOf(answer: Answer, nth: number): string | undefined {
  const says = typeof answer.says === 'string' ? [answer.says] : (answer.says ?? []);
  return says[Math.min(nth, says.length - 1)];
}

/** What a read-back of an answer is held against. */
export function meaningOf(answer: Answer): string {
  return answer.means ?? wordingOf(answer, 0) ?? answer.keys ?? '';
}

/** Everything this persona is sure to say, the likeliest first. */
export function sayings({ persona }: Mind): string[] {
  const { answers, consent, phrases, behaviour } = persona;
  const texts = [
    consent,
    ...Object.values(answers).map((answer) => wordingOf(answer, 0) ?? ''),
    ...behaviour.digressions.map(({ says }) => says),
    phrases.yes,
    phrases.nothingElse,
    phrases.goodbye,
    phrases.repeat,
  ];
  return texts.flatMap(spoken).flatMap((step) => (step.kind === 'say' ? [step.text] : []));
}
