import { type stt as speech, stt, type VAD } from '@livekit/agents';
import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { SharedVad, STT, type STTOptions } from '@vestibule/agents-plugin-aws';

const frameSamples = 160;
const connOptions = { maxRetry: 3, retryIntervalMs: 100, timeoutMs: 10_000 };

export interface Word {
  text: string;
  /** ms on the line. */
  startMs: number;
  endMs: number;
}

export interface Final {
  words: Word[];
  /** When it came, ms on the line's clock. */
  cameMs: number;
}

export interface Hearing {
  finals: Final[];
  /** What the service would bill. */
  sentMs: number;
}

/** How one side of a call is heard, by Transcribe's stand-in, at the pace of a call. */
export interface Both {
  whole: Hearing;
  trimmed: Hearing;
}

/** Plays a line to the recogniser twice at once: whole, and trimmed by Silero as a session runs it. */
export async function hearBoth(
  pcm: Int16Array,
  vad: VAD,
  clientConfig: NonNullable<STTOptions['clientConfig']>,
  { preRollMs, hangoverMs }: { preRollMs: number; hangoverMs: number },
): Promise<Both> {
  const activity = new SharedVad(vad);
  const judging = activity.stream();
  void (async () => {
    for await (const _ of judging);
  })();
  const plain = new STT({ clientConfig, vocabulary: 'intake-en' });
  const recognisers = [plain, plain.trimmed({ activity, preRollMs, hangoverMs })];
  const begun = performance.now();
  const listened = recognisers.map((recogniser) => {
    const stream = recogniser.stream({ connOptions });
    return { stream, heard: listen(recogniser, stream, begun) };
  });
  await play(pcm, begun, (frame) => {
    judging.pushFrame(frame);
    for (const { stream } of listened) stream.pushFrame(frame);
  });
  for (const { stream } of listened) stream.endInput();
  const [whole, trimmed] = await Promise.all(listened.map(({ heard }) => heard));
  judging.close();
  return { whole: whole!, trimmed: trimmed! };
}

async function listen(recogniser: speech.STT, stream: speech.SpeechStream, begun: number): Promise<Hearing> {
  const hearing: Hearing = { finals: [], sentMs: 0 };
  recogniser.on('metrics_collected', ({ audioDurationMs }) => (hearing.sentMs += audioDurationMs));
  recogniser.on('error', () => undefined);
  for await (const { type, alternatives } of stream) {
    if (type !== stt.SpeechEventType.FINAL_TRANSCRIPT) continue;
    const words = (alternatives?.[0].words ?? []).map(({ text, startTime = 0, endTime = 0 }) => ({
      text,
      startMs: startTime * 1000,
      endMs: endTime * 1000,
    }));
    hearing.finals.push({ words, cameMs: performance.now() - begun });
  }
  return hearing;
}

/** 20 ms frames of 16 kHz, as a session gets them, each when it is due. */
function play(pcm: Int16Array, begun: number, onFrame: (frame: AudioFrame) => void): Promise<void> {
  const resampler = new AudioResampler(8000, 16_000, 1);
  let sent = 0;
  return new Promise((resolve) => {
    const pace = setInterval(() => {
      const due = Math.floor((performance.now() - begun) / 20);
      for (; sent < due && (sent + 1) * frameSamples <= pcm.length; sent += 1) {
        const data = pcm.slice(sent * frameSamples, (sent + 1) * frameSamples);
        for (const frame of resampler.push(new AudioFrame(data, 8000, 1, frameSamples))) onFrame(frame);
      }
      if ((sent + 1) * frameSamples <= pcm.length) return;
      clearInterval(pace);
      resampler.close();
      resolve();
    }, 10);
  });
}
