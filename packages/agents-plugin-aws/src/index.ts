export { RefusalError } from './errors.ts';
export { LLM, type LLMOptions, LLMStream } from './llm.ts';
export type { BedrockModel, PollyEngine, PollyVoice, TranscribeLanguage } from './models.ts';
export { SpeechStream, STT, type STTOptions } from './stt.ts';
export { ChunkedStream, TTS, type TTSOptions } from './tts.ts';
