import type { Item, Result } from '@aws-sdk/client-transcribe-streaming';
import { asLanguageCode, createTimedString, stt } from '@livekit/agents';

/**
 * A Transcribe result as the framework's speech events. `offset`: seconds to add to Transcribe's times (earlier
 * streams of the same call). A partial whose items are all stable is also a preflight transcript: the text will
 * not change any more, only grow, so the model may start on it.
 */
export function toSpeechEvents(result: Result, language: string, offset: number): stt.SpeechEvent[] {
  const data = speechData(result, language, offset);
  if (!data || data.text === '') return [];
  const event = (type: stt.SpeechEventType): stt.SpeechEvent => ({
    type,
    alternatives: [data],
    ...(result.ResultId === undefined ? {} : { requestId: result.ResultId }),
  });
  if (!result.IsPartial)
    return [event(stt.SpeechEventType.FINAL_TRANSCRIPT), event(stt.SpeechEventType.END_OF_SPEECH)];
  const items = result.Alternatives?.[0]?.Items ?? [];
  const stable = items.length > 0 && items.every((item) => item.Stable === true);
  return [
    event(stt.SpeechEventType.INTERIM_TRANSCRIPT),
    ...(stable ? [event(stt.SpeechEventType.PREFLIGHT_TRANSCRIPT)] : []),
  ];
}

function speechData(result: Result, language: string, offset: number): stt.SpeechData | undefined {
  const best = result.Alternatives?.[0];
  if (!best) return undefined;
  const words = (best.Items ?? []).filter((item) => item.Type === 'pronunciation');
  return {
    language: asLanguageCode(result.LanguageCode ?? language),
    text: best.Transcript ?? '',
    startTime: offset + (result.StartTime ?? 0),
    endTime: offset + (result.EndTime ?? 0),
    confidence: meanConfidence(words),
    words: words.map((item) =>
      createTimedString({
        text: item.Content ?? '',
        startTime: offset + (item.StartTime ?? 0),
        endTime: offset + (item.EndTime ?? 0),
      }),
    ),
  };
}

/** Transcribe gives confidences on finals only; a partial counts as 0 (unknown). */
function meanConfidence(words: Item[]): number {
  const known = words.flatMap(({ Confidence }) => (Confidence === undefined ? [] : [Confidence]));
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}
