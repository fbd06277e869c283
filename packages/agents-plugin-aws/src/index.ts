export { RefusalError } from './errors.ts';
export { LLM, type LLMOptions, LLMStream } from './llm.ts';
export type { BedrockModel, PollyEngine, PollyVoice, TranscribeLanguage } from './models.ts';
export { SharedVad, type VoiceActivity } from './shared-vad.ts';
export type { VoiceWindow } from './speech-gate.ts';
export { SpeechStream, STT, type STTOptions, type TrimOptions } from './stt.ts';
export { ChunkedStream, TTS, type TTSOptions } from './tts.ts';
