import type { Figures } from '../../../infra/cost/figures.ts';
import { flow, held, once, type Resource } from './resource.ts';

/** Transcribe, Polly and Bedrock: quotas of the account. */
export function models(figures: Figures): Resource[] {
  const value = (name: string) => figures.value(name);
  const tokens = value('call.promptTokensPerTurn') + value('quota.bedrockReserved');
  return [
    {
      ...{
        name: 'Transcribe streams',
        ...held,
        perCall: 1,
        limit: value('quota.transcribeStreams'),
        unit: 'streams',
      },
      effect: 'the agent does not hear: hand-over after retries',
      remedy: 'quota: concurrent HTTP/2 streams',
    },
    {
      ...{
        name: 'Transcribe starts',
        ...once,
        perArrival: 1,
        limit: value('quota.transcribeStarts'),
        unit: '1/s',
      },
      effect: 'as above, for calls that begin in that second',
      remedy: 'quota: StartStreamTranscription',
    },
    {
      ...{ name: 'Polly requests', ...flow, perCall: value('call.sentencesPerMinute') / 60 },
      ...{ limit: value('quota.pollyRequests'), unit: '1/s' },
      effect: 'sentences come late or not at all',
      remedy: 'quota: SynthesizeSpeech, neural',
    },
    {
      ...{ name: 'Bedrock tokens', ...flow, perCall: (value('call.turnsPerMinute') * tokens) / 60 },
      ...{ limit: value('quota.bedrockTokens') / 60, unit: 'tokens/s' },
      effect: 'turns fail: the question in fixed words, plain answers and keypad after three',
      remedy: 'quota: cross-region tokens per minute; or a second model',
    },
  ];
}
