export { canonicalJson, type Json } from './canonical-json.ts';
export { type Clock, ManualClock, systemClock } from './clock.ts';
export { CodedError, describeError, isCodedError } from './coded-error.ts';
export { type Load, watchLoad } from './ecs-task.ts';
export { parseEnvironment, processName } from './environment.ts';
export { type Fault, formatFaults } from './faults.ts';
export { newId } from './ids.ts';
export { jsonLogger, type Logger, type LogLevel } from './logger.ts';
export { redact } from './redact.ts';
