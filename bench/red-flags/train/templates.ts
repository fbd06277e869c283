import { readdirSync, readFileSync } from 'node:fs';
import { randomFrom } from './random.ts';

const folder = new URL('templates/', import.meta.url);
/** Sentences drawn of a template, at most. */
const draws = 40;

/** `{my|his} chest {hurts|aches}`: sentences drawn from the templates of each flag (the file's name), always the same ones. */
export function expand(): { flags: readonly string[]; said: string }[] {
  const random = randomFrom(7);
  const drawn = new Map<string, readonly string[]>();
  for (const name of readdirSync(folder).sort()) {
    const flag = name.replace('.txt', '');
    for (const template of readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n')) {
      for (let draw = 0; draw < Math.min(draws, waysOf(template)); draw++)
        drawn.set(one(template, random), flag === 'none' ? [] : [flag]);
    }
  }
  return [...drawn].map(([said, flags]) => ({ flags, said }));
}

const choice = /\{([^}]*)\}/g;

const waysOf = (template: string) =>
  [...template.matchAll(choice)].reduce((ways, [, inner]) => ways * inner!.split('|').length, 1);

function one(template: string, random: () => number): string {
  return template
    .replace(choice, (_, inner: string) => {
      const ways = inner.split('|');
      return ways[Math.floor(random() * ways.length)]!;
    })
    .replace(/\s+/g, ' ')
    .trim();
}
