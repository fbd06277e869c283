import { redFlagsIn } from '@vestibule/questionnaire';
import { openRecogniser, type RecognisedWord } from '../../../local/aws/src/recogniser/index.ts';
import { libraryDefinition } from '../library.ts';

const frameBytes = 320;
const frameMs = 20;

/** When the first alarm came, at the pace of a call. */
export interface AlarmTime {
  /** Ms from the end of the word that completes what fires to the alarm. */
  afterWords: number;
  /** Ms from the end of the last word; negative when the caller was still speaking. */
  afterUtterance: number;
  on: 'partial' | 'final';
}

/** Streams at the pace of a call, and looks for red flags in every partial and final. Undefined when nothing fires. */
export async function alarmTime(socket: string, pcm: Buffer): Promise<AlarmTime | undefined> {
  const stream = openRecogniser({ socket, sampleRate: 8000 });
  const begin = performance.now();
  let sent = 0;
  const pace = setInterval(() => {
    const due = Math.floor((performance.now() - begin) / frameMs);
    for (; sent < due && sent * frameBytes < pcm.length; sent += 1)
      stream.push(pcm.subarray(sent * frameBytes, (sent + 1) * frameBytes));
    if (sent * frameBytes >= pcm.length) stream.end();
  }, frameMs);
  const said: RecognisedWord[] = [];
  let alarm: { at: number; on: AlarmTime['on'] } | undefined;
  for await (const { kind, words } of stream.results) {
    const isFiring = fires([...said, ...words], kind === 'partial');
    if (isFiring) alarm ??= { at: performance.now() - begin, on: kind };
    if (kind === 'final') said.push(...words);
  }
  clearInterval(pace);
  const isByPhrase = alarm?.on === 'partial';
  const needed = said.findIndex((_, at) => fires(said.slice(0, at + 1), false, isByPhrase));
  if (!alarm || needed === -1) return undefined;
  return {
    afterWords: alarm.at - said[needed]!.endMs,
    afterUtterance: alarm.at - said.at(-1)!.endMs,
    on: alarm.on,
  };
}

/** With `byPhrase`, likeness does not count: it fires on no partial. */
function fires(words: readonly RecognisedWord[], partial: boolean, byPhrase = false): boolean {
  const text = words.map((word) => word.text).join(' ');
  return redFlagsIn(libraryDefinition, text, { partial }).some(({ by }) => !byPhrase || by === undefined);
}
