import { canonicalJson } from '@vestibule/core';
import type { Turn } from '../log/fold.ts';

/** The forms of a transcript. Times are ms from the log's first entry. */
export function transcriptJson(callId: string, turns: readonly Turn[]): string {
  return canonicalJson({ version: 1, callId, turns });
}

/** For reading: `0:07  caller  for myself`. */
export function transcriptText(turns: readonly Turn[]): string {
  return turns
    .map(({ speaker, text, startMs }) => `${clock(startMs)}  ${speaker.padEnd(6)}  ${text}\n`)
    .join('');
}

const clock = (ms: number) =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

/**
 * WebVTT with a voice span a cue (W3C WebVTT, section 4.2.2), to be played beside the recording, whose first sample was at `recordedFromMs`.
 * What was over before it is not in it.
 */
export function transcriptVtt(turns: readonly Turn[], recordedFromMs = 0): string {
  const cues = turns.flatMap(({ speaker, text, startMs, endMs }) => {
    const [start, end] = [Math.max(0, startMs - recordedFromMs), endMs - recordedFromMs];
    if (end < 0) return [];
    return `${stamp(start)} --> ${stamp(Math.max(end, start + 1))}\n<v ${speaker}>${escape(text)}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function stamp(ms: number): string {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(Math.floor);
  const two = (value = 0) => String(value).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\s*\n\s*/g, ' ');
