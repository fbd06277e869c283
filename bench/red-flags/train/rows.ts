import { readdirSync, readFileSync } from 'node:fs';
import { readExamples } from '../../../packages/questionnaire/src/red-flags/testing/flags.ts';
import { Scene } from '../../../packages/questionnaire/src/red-flags/scene.ts';
import { featuresOf } from '../../../packages/questionnaire/src/red-flags/likeness/features.ts';
import { readLabels } from '../labels.ts';
import { expand } from './templates.ts';

/** What the weights are made from: what was said, and the flags it should raise. */
export interface Row {
  flags: readonly string[];
  said: string;
  features: readonly string[];
}

/**
 * Lines written blind to train on, development labels, the examples the phrases were made with, templates of our own, and plain answers to plain
 * questions. Never a held-out line.
 */
export function trainingRows(): Row[] {
  return [...examples(), ...expand(), ...plainAnswers(), ...lines(), ...developmentLabels()].map(rowOf);
}

export function rowOf({ flags, said }: { flags: readonly string[]; said: string }): Row {
  return { flags, said, features: featuresOf(new Scene(said).words).map(({ name }) => name) };
}

const examples = () =>
  readExamples().map(({ flag, said }) => ({ flags: flag === 'none' ? [] : [flag], said }));

export const developmentLabels = () => readLabels().filter(({ split }) => split === 'development');

/** The labelled answers of the parsers raise nothing. */
const plainAnswers = () =>
  readAll('../../../packages/questionnaire/labels/answers/').map((line) => ({
    flags: [],
    said: line.at(-1)!,
  }));

const lines = () =>
  readAll('lines/').map(([flags = '', , said = '']) => ({
    flags: flags === 'none' ? [] : flags.split(','),
    said,
  }));

/** The rows of every table in the folder. */
export function readAll(path: string): string[][] {
  const folder = new URL(path, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n').slice(1))
    .map((line) => line.split('\t'));
}
