import { redFlagsIn } from '@vestibule/questionnaire';
import { type Meaning, openMeaning } from '../../apps/agent/src/meaning/meaning.ts';
import { libraryDefinition } from './library.ts';

export interface Said {
  said: string;
}

/** What each lane hears in a line. The phrases' part raises an alarm at once; the rest is asked about. */
export interface Lanes {
  phrases: readonly string[];
  /** Phrases and likeness: what an agent without an encoder has. */
  withoutMeaning: readonly string[];
  meaning: readonly string[];
  all: readonly string[];
}

/** @returns what the lanes hear in each line @throws Error when no encoder is installed */
export async function listenIn<T extends Said>(lines: readonly T[]): Promise<(T & Lanes)[]> {
  const meaning = await installed();
  const heard: (T & Lanes)[] = [];
  for (const line of lines) heard.push({ ...line, ...lanesOf(line.said, await meantBy(meaning, line.said)) });
  return heard;
}

export async function installed(): Promise<Meaning> {
  const meaning = await openMeaning();
  if (!meaning) throw new Error('No encoder is installed. Run: make setup');
  return meaning;
}

function lanesOf(said: string, meaning: readonly string[]): Lanes {
  const fired = redFlagsIn(libraryDefinition, said);
  const withoutMeaning = fired.map(({ id }) => id);
  const phrases = fired.flatMap(({ id, by }) => (by === undefined ? [id] : []));
  return { phrases, withoutMeaning, meaning, all: [...new Set([...withoutMeaning, ...meaning])] };
}

async function meantBy({ flagsIn, from }: Meaning, said: string): Promise<string[]> {
  return [...(await flagsIn(said))].flatMap(([flag, probability]) => (probability >= from ? [flag] : []));
}
