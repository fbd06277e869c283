export { importKnowledge, type ImportResult } from './knowledge/importer.ts';
export { mcpApp } from './http.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { type RunningMcp, startMcp } from './server.ts';
