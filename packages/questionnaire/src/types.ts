export type { AnswerValue, CodedValue, QuantityValue } from './types/values.ts';
export type {
  AnswerOption,
  AnswerRules,
  Bound,
  Caller,
  Condition,
  ConditionOperator,
  Definition,
  ExpectedForm,
  Hints,
  Item,
  ItemType,
  Occurrence,
  ReadBackPolicy,
  RedFlag,
  RedFlagAction,
  RedFlagSeverity,
  RelativeDay,
  SpokenForm,
} from './types/definition.ts';
export type {
  AskReason,
  Evidence,
  FiredRedFlag,
  HandOverReason,
  Input,
  IntakeEvent,
  KeyChoice,
  ProblemCode,
  Step,
} from './types/steps.ts';
export type { IntakeStart, IntakeState, ItemState } from './types/state.ts';
export type { AnswerRow, ParseContext, ParsedAnswer, ResponseMeta } from './types/results.ts';
