export { importKnowledge, type ImportResult } from './knowledge/importer.ts';
export type { Embedder } from './knowledge/embedding.ts';
export { NearestPassages } from './knowledge/vectors.ts';
export { passagesOf } from './knowledge/passages.ts';
export { readFolder } from './knowledge/folder.ts';
export { searchKnowledge } from './knowledge/search.ts';
export { mcpApp } from './http.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { type RunningMcp, startMcp } from './server.ts';
