import { redFlagsIn } from '@vestibule/questionnaire';
import { installed } from './lanes.ts';
import { libraryDefinition } from './library.ts';

const long = `yes so I have been to the pharmacy on Main Street this morning because they said my prescription was ready and then it
was not and I waited there with my daughter for the better part of an hour and my knee is sore from standing so I wanted to ask the
doctor whether I can pick it up tomorrow instead please`;
const rounds = 500;

/** Processor time of a call with ten flags, on a long utterance, once warm. */
export function cpuMicroseconds(): string {
  const of = (partial: boolean) => {
    const call = () => redFlagsIn(libraryDefinition, long, { partial });
    for (let round = 0; round < 200; round++) call();
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round++) call();
    const { user, system } = process.cpuUsage(before);
    return ((user + system) / rounds).toFixed(0);
  };
  return `${long.split(/\s+/).length} words, ten flags: ${of(true)} µs of processor time as a partial, ${of(false)} µs as a final`;
}

/** The same of the encoder, for the whole, and for the first twelve words of it. */
export async function meaningMilliseconds(): Promise<string> {
  const { flagsIn } = await installed();
  const of = async (said: string) => {
    for (let round = 0; round < 10; round++) await flagsIn(said);
    const before = process.cpuUsage();
    for (let round = 0; round < 50; round++) await flagsIn(said);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) / 50_000).toFixed(1);
  };
  const short = long.split(/\s+/).slice(0, 12).join(' ');
  return `Meaning: ${await of(short)} ms of processor time for 12 words, ${await of(long)} ms for ${long.split(/\s+/).length}`;
}
