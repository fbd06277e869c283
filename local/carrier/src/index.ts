export { type CallOptions, type CallParts, type CallResult, placeCall, type Target } from './call.ts';
export type { CarrierEvent, TimedEvent } from './events.ts';
export { type Latencies, percentile } from './meter.ts';
export { parsePersona, type Persona } from './persona.ts';
export { parseWav, telephoneSamples, type Wav, writeWav } from './wav.ts';
