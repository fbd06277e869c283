import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openRecord, readFolder } from '@vestibule/record';
import { ratesOf, usageOf } from './usage.ts';

/** `node bench/cost/main.ts FOLDER…`: what the calls in these folders took; each was made by `vestibule record export` (not redacted). */
const folders = process.argv.slice(2);
if (folders.length === 0) {
  process.stderr.write('Name at least one folder that `npx vestibule record export` made.\n');
  process.exit(2);
}
const say = (line: string) => void process.stdout.write(`${line}\n`);
const calls = folders.map((folder) => usageOf(openRecord(readFolder(folder), undefined)));
say('| calls | seconds | entries | turns | tokens in | out | sentences | characters | heard, s |');
say('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const call of calls) say(`| 1 | ${Object.values(call).map(format).join(' | ')} |`);
say('');
for (const [name, value] of Object.entries(ratesOf(calls))) say(`${format(value).padStart(10)}  ${name}`);
const bytes = (name: RegExp) =>
  folders
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => name.test(file))
    .reduce((total, file) => total + statSync(file).size, 0);
const minutes = calls.reduce((total, { seconds }) => total + seconds, 0) / 60;
say(`${format(bytes(/recording\.\w+$/) / minutes / 1000).padStart(10)}  kB of recording a minute`);

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
