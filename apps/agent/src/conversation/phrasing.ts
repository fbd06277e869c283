import type { Step } from '@vestibule/questionnaire';
import type { Advance } from './intake.ts';
import type { Script } from './script.ts';

/** What a tool tells the model after the engine took (or refused) something. */
export interface Reply {
  accepted: boolean;
  problem?: string;
  /** To be said word for word. */
  say_next: string;
  /** The item that is asked or read back now. */
  item?: string;
}

/** The words of a step: what was wrong, if anything, the question, and which keys answer it, where they are offered. */
export function wordsOf(step: Step, script: Script): string {
  switch (step.kind) {
    case 'ask':
      return spaced(step.problem, step.prompt, step.offerKeys);
    case 'readBack':
      return spaced(step.prompt, step.offerKeys);
    case 'complete':
      return script.closing;
    case 'handOver':
      return script.handOver;
  }
}

export function replyOf({ step, events }: Advance, script: Script): Reply {
  const invalid = events.find((event) => event.kind === 'invalid');
  return {
    accepted: invalid === undefined,
    ...(invalid === undefined ? {} : { problem: invalid.problem }),
    say_next: wordsOf(step, script),
    ...('linkId' in step && step.linkId !== undefined ? { item: step.linkId } : {}),
  };
}

export function isOver(step: Step): step is Extract<Step, { kind: 'complete' | 'handOver' }> {
  return step.kind === 'complete' || step.kind === 'handOver';
}

const spaced = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ');
