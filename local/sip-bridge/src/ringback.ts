import { frameSamples, g711SampleRate } from '@vestibule/local-telephony';

/** ITU-T E.180's ringing tone of North America: 440 and 480 Hz for two seconds, then four of silence. */
const frequencies = [440, 480];
const soundFrames = 100;
const cycleFrames = 300;
const amplitude = 3000;

/** The tone's next 20 ms with every call. What the official service plays was not recorded. */
export function ringback(): () => Int16Array {
  let frame = 0;
  return () => {
    const start = (frame % cycleFrames) * frameSamples;
    const sounds = frame++ % cycleFrames < soundFrames;
    const sample = (_: unknown, index: number) =>
      frequencies.reduce(
        (sum, hz) => sum + amplitude * Math.sin((2 * Math.PI * hz * (start + index)) / g711SampleRate),
        0,
      );
    return sounds ? Int16Array.from({ length: frameSamples }, sample) : new Int16Array(frameSamples);
  };
}
