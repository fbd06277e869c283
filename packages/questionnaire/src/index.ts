export { checkQuestionnaire, type QuestionnaireCheck } from './definition/check.ts';
export { loadQuestionnaire, type LoadedQuestionnaire, type LoadOptions } from './definition/load.ts';
export { spokenList } from './definition/speakable.ts';
export { shortFormJsonSchema } from './definition/yaml-schema.ts';
export { advance, startIntake } from './engine/advance.ts';
export { catalogueOf } from './engine/catalogue.ts';
export { describeForModel } from './engine/describe.ts';
export { questionnaireResponse } from './engine/response.ts';
export { currentStep } from './engine/steps.ts';
export { answersTable } from './engine/table.ts';
export { type CallerIntent, intentOf } from './parse/intent.ts';
export { keyedAnswer, keyedYesNo, keysExpected, parseKeyed } from './parse/keys.ts';
export { parseAnswer } from './parse/parse-answer.ts';
export { parseYesNo } from './parse/yes-no.ts';
export { redFlagsIn } from './red-flags/match.ts';
export { spoken } from './speak/spoken.ts';
export type {
  AnswerOption,
  AnswerRow,
  AnswerRules,
  AnswerValue,
  AskReason,
  Bound,
  CodedValue,
  Condition,
  ConditionOperator,
  Definition,
  Evidence,
  FiredRedFlag,
  HandOverReason,
  Input,
  IntakeEvent,
  IntakeStart,
  IntakeState,
  Item,
  ItemState,
  ItemType,
  Occurrence,
  ParseContext,
  ParsedAnswer,
  ProblemCode,
  QuantityValue,
  ReadBackPolicy,
  RedFlag,
  RedFlagAction,
  RedFlagSeverity,
  RelativeDay,
  ResponseMeta,
  SpokenForm,
  Step,
} from './types.ts';
