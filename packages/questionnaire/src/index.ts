export { checkQuestionnaire, type QuestionnaireCheck } from './definition/check.ts';
export { loadQuestionnaire, type LoadedQuestionnaire, type LoadOptions } from './definition/load.ts';
export { spokenList } from './definition/speakable.ts';
export { type ShortFormOf, shortFormOf, type Uncovered } from './definition/short-form/short-form-of.ts';
export { shortFormJsonSchema } from './definition/short-form/schema.ts';
export { advance, startIntake } from './engine/advance.ts';
export { callerOf } from './engine/caller.ts';
export { catalogueOf } from './engine/catalogue.ts';
export { describeForModel } from './engine/describe.ts';
export { type Identification, identified } from './engine/identity.ts';
export { plainItem } from './engine/plain-item.ts';
export { questionnaireResponse } from './engine/response.ts';
export { currentStep } from './engine/steps.ts';
export { answersTable } from './engine/table.ts';
export { type CallPath, type CallPaths, callPaths } from './graph/paths.ts';
export { questionGraph } from './graph/question-graph.ts';
export { callTime } from './graph/call-time.ts';
export { graphSvg } from './graph/svg.ts';
export { type CallerIntent, intentOf } from './parse/intent.ts';
export { keyedAnswer, keyedYesNo, keysExpected, keysIn, keysOf, parseKeyed } from './parse/keys.ts';
export { parseAnswer } from './parse/parse-answer.ts';
export { parseYesNo } from './parse/yes-no.ts';
export { explainRedFlags, type Mention } from './red-flags/explain.ts';
export { redFlagsIn } from './red-flags/match.ts';
export { spoken } from './speak/spoken.ts';
export { type Vocabulary, vocabularyOf } from './speak/vocabulary.ts';
export type {
  AnswerOption,
  AnswerRow,
  AnswerRules,
  AnswerValue,
  AskReason,
  Bound,
  Caller,
  CodedValue,
  Condition,
  ConditionOperator,
  Definition,
  Evidence,
  ExpectedForm,
  FiredRedFlag,
  HandOverReason,
  Hints,
  Input,
  IntakeEvent,
  IntakeStart,
  IntakeState,
  Item,
  ItemState,
  ItemType,
  KeyChoice,
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
