import { canonicalJson } from '@vestibule/core';
import type { Turn } from '../log/fold.ts';

/** The forms of a transcript. Times are ms from the call's answer, and so from the recording's first sample. */
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

/** WebVTT with a voice span a cue (W3C WebVTT, section 4.2.2), to be played beside the recording. */
export function transcriptVtt(turns: readonly Turn[]): string {
  const cues = turns.map(
    ({ speaker, text, startMs, endMs }) =>
      `${stamp(startMs)} --> ${stamp(Math.max(endMs, startMs + 1))}\n<v ${speaker}>${escape(text)}\n`,
  );
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
