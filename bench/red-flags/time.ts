import { redFlagsIn } from '@vestibule/questionnaire';
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
