export { type BatchReport, handler, type Handler, makeHandler } from './handler.ts';
export { callsAlias } from './sinks/call-index.ts';
export type { Enrichment } from './enrichment/enrichment.ts';
export type { Services } from './enrich-call.ts';
export { type Questionnaires, readQuestionnaires } from './questionnaires.ts';
