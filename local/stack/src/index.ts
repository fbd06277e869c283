export { type Environment, readEnvironment } from './environment.ts';
export { StackError, type StackErrorCode } from './errors.ts';
export { ports } from './ports.ts';
export { type RunningStack, startStack } from './stack.ts';
