import type { RecogniserResult } from '../recogniser/index.ts';
import { closingMark, writeWord } from './formatting.ts';

/** An item of a result, as the service writes it. Times in seconds from the first sample. */
export interface TranscriptItem {
  StartTime: number;
  EndTime: number;
  Type: 'pronunciation' | 'punctuation';
  Content: string;
  VocabularyFilterMatch: false;
  Confidence?: number;
  Stable?: boolean;
}

export interface TranscriptEvent {
  Transcript: {
    Results: {
      ResultId: string;
      StartTime: number;
      EndTime: number;
      IsPartial: boolean;
      Alternatives: { Transcript: string; Items: TranscriptItem[] }[];
      ChannelId: string;
    }[];
  };
}

export interface Style {
  readonly stabilise: boolean;
  readonly spelled: ReadonlyMap<string, string>;
}

/** A recogniser's result as a TranscriptEvent: confidence on finals only, `Stable` only when stabilisation is on. */
export function transcriptEvent(heard: RecogniserResult, resultId: string, style: Style): TranscriptEvent {
  const final = heard.kind === 'final';
  const items = heard.words.map((word, index): TranscriptItem => ({
    StartTime: seconds(word.startMs),
    EndTime: seconds(word.endMs),
    Type: 'pronunciation',
    Content: writeWord(word.text, index === 0, style.spelled),
    VocabularyFilterMatch: false,
    ...(final ? { Confidence: word.confidence } : {}),
    ...(style.stabilise ? { Stable: final || word.stable } : {}),
  }));
  const transcript = items.map((item) => item.Content).join(' ');
  const mark = final && items.length > 0 ? closingMark(heard.words.map((word) => word.text)) : '';
  if (mark !== '') items.push(punctuation(mark, heard.endMs, style.stabilise));
  return {
    Transcript: {
      Results: [
        {
          ResultId: resultId,
          StartTime: seconds(heard.startMs),
          EndTime: seconds(heard.endMs),
          IsPartial: !final,
          Alternatives: [{ Transcript: transcript + mark, Items: items }],
          ChannelId: 'ch_0',
        },
      ],
    },
  };
}

function punctuation(mark: string, atMs: number, stabilise: boolean): TranscriptItem {
  return {
    StartTime: seconds(atMs),
    EndTime: seconds(atMs),
    Type: 'punctuation',
    Content: mark,
    VocabularyFilterMatch: false,
    Confidence: 0,
    ...(stabilise ? { Stable: true } : {}),
  };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
