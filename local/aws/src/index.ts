export { readEnvironment, type Environment } from './environment.ts';
export { startLocalAws, type LocalAws, type Parts } from './start.ts';
