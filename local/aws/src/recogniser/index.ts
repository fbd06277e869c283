export { openRecogniser } from './client.ts';
export { recogniserPaths, type RecogniserPaths } from './paths.ts';
export { startRecogniserProcess, type RecogniserProcess, type RecogniserProcessOptions } from './process.ts';
export type {
  RecognisedWord,
  RecogniserError,
  RecogniserErrorCode,
  RecogniserOptions,
  RecogniserResult,
  RecogniserStream,
} from './types.ts';
