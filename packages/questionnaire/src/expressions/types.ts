import type { Questionnaire } from 'fhir/r4.d.ts';
import type { AnswerValue } from '../types.ts';

/** An SDC `variable`: worked out where it is declared, known there and below as `%name`. */
export interface NamedExpression {
  name: string;
  expression: string;
}

/** R4's questionnaire-constraint, or SDC's targetConstraint. It is broken when its expression says `false`. */
export interface Constraint {
  key: string;
  /** An `error` has the answer given again; a `warning` is noted. */
  severity: 'error' | 'warning';
  /** What is said when it is broken. */
  human: string;
  expression: string;
  /** Links of the items it speaks of. */
  links: readonly string[];
}

/** SDC's answerOptionsToggleExpression: these options are offered only while the expression says `true`. */
export interface OptionToggle {
  options: readonly AnswerValue[];
  expression: string;
}

/** The FHIRPath of one item. */
export interface ItemLogic {
  variables: readonly NamedExpression[];
  enableWhen?: string;
  /** Its value is worked out at every step; callers are never asked for it. */
  calculated?: string;
  /** Its value at the start of the call. */
  initial?: string;
  /** Its options. */
  answers?: string;
  minimum?: string;
  maximum?: string;
  constraints: readonly Constraint[];
  toggles: readonly OptionToggle[];
  /** Links on whose answers its enablement hangs (for a calculated item: its value), directly or through variables. */
  hangsOn: readonly string[];
}

/** What expressions need of the whole questionnaire. Only on a definition that has any. */
export interface Logic {
  /** `%questionnaire`; `%qitem` is taken from it. */
  questionnaire: Questionnaire;
  variables: readonly NamedExpression[];
  constraints: readonly Constraint[];
  /** Names of the launch context (`patient`, `user` …): empty until the call provides the resource. */
  launch: readonly string[];
}

/** What the expressions said last; part of the state, so that a step needs no expression to be evaluated again. */
export interface Computed {
  /** Items whose enableWhenExpression does not hold. */
  off: string[];
  /** Options now offered, of items whose options are worked out. */
  options: Record<string, AnswerValue[]>;
  /** Bounds that are worked out. */
  bounds: Record<string, { minimum?: AnswerValue; maximum?: AnswerValue }>;
  /** Expressions that failed, each told once: `calculated score`. */
  failed: string[];
}
