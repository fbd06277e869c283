import { readFileSync } from 'node:fs';
import { advance, startIntake } from '../engine/advance.ts';
import { loadQuestionnaire } from '../definition/load.ts';
import { parseYesNo } from '../parse/yes-no.ts';
import type { Definition, Input, IntakeEvent, IntakeStart, IntakeState, Step } from '../types.ts';

export const today = '2026-11-23';

/** One of the questionnaires in `examples/questionnaires`. */
export function example(name: string): Definition {
  const file = new URL(`../../../../examples/questionnaires/${name}`, import.meta.url);
  return definitionOf(readFileSync(file, 'utf8'), name);
}

/** Loads a questionnaire that has no faults. */
export function definitionOf(text: string, file = 'test.yaml'): Definition {
  const { definition, faults } = loadQuestionnaire(text, file);
  if (!definition) throw new Error(JSON.stringify(faults));
  return definition;
}

/** The short form with these items. */
export function shortForm(items: string, more = ''): string {
  return `id: test\ntitle: Test\nversion: '1'\nurl: https://vestibule.example/test\n${more}\nitems:\n${items}`;
}

/** A conversation with the engine: keeps the state, and answers whatever stands. */
export class Conversation {
  readonly definition: Definition;
  state: IntakeState;
  step: Step;
  events: IntakeEvent[] = [];

  constructor(definition: Definition, start: IntakeStart = {}) {
    this.definition = definition;
    const { state, step } = startIntake(definition, start);
    this.state = state;
    this.step = step;
  }

  put(input: Input): Step {
    const { state, step, events } = advance(this.definition, this.state, input, { today });
    this.state = state;
    this.step = step;
    this.events = events;
    return step;
  }

  /** Says something in answer to the step that stands. */
  say(words: string): Step {
    if (this.step.kind === 'readBack') {
      return this.put({ kind: 'confirm', yes: parseYesNo(words)?.yes ?? false, words });
    }
    if (this.step.kind !== 'ask') throw new Error(`nothing is asked: ${this.step.kind}`);
    return this.answer(this.step.linkId, words);
  }

  answer(linkId: string, value: string | number | boolean, words = String(value)): Step {
    return this.put({ kind: 'answer', linkId, value, words });
  }

  /** The events of the last input as "kind:linkId". */
  get happened(): string[] {
    return this.events.map((event) => ('linkId' in event ? `${event.kind}:${event.linkId}` : event.kind));
  }

  get at(): string {
    return 'linkId' in this.step ? `${this.step.kind} ${this.step.linkId}` : this.step.kind;
  }
}
