import type { Item, Result } from '@aws-sdk/client-transcribe-streaming';
import { asLanguageCode, createTimedString, stt } from '@livekit/agents';

/** Transcribe's times, ms from a stream's first sample, as the framework's: seconds on the line. */
export type Place = (startMs: number, endMs: number) => { startTime: number; endTime: number };

/**
 * A Transcribe result as the framework's speech events. A partial whose items are all stable is also a preflight transcript: the text will
 * not change any more, only grow, so the model may start on it.
 */
export function toSpeechEvents(result: Result, language: string, place: Place): stt.SpeechEvent[] {
  const data = speechData(result, language, place);
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

function speechData(result: Result, language: string, place: Place): stt.SpeechData | undefined {
  const best = result.Alternatives?.[0];
  if (!best) return undefined;
  const items = (best.Items ?? []).filter((item) => item.Type === 'pronunciation');
  const words = items.map((item) => ({ text: item.Content ?? '', ...placed(item, place) }));
  const whole = placed(result, place);
  return {
    language: asLanguageCode(result.LanguageCode ?? language),
    text: best.Transcript ?? '',
    startTime: words[0]?.startTime ?? whole.startTime,
    endTime: words.at(-1)?.endTime ?? whole.endTime,
    confidence: meanConfidence(items),
    words: words.map((word) => createTimedString(word)),
  };
}

const placed = ({ StartTime = 0, EndTime = 0 }: Pick<Item, 'StartTime' | 'EndTime'>, place: Place) =>
  place(StartTime * 1000, EndTime * 1000);

/** Transcribe gives confidences on finals only; a partial counts as 0 (unknown). */
function meanConfidence(words: Item[]): number {
  const known = words.flatMap(({ Confidence }) => (Confidence === undefined ? [] : [Confidence]));
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
}
