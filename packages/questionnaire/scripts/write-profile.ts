/** Writes the voice profile: its FHIR resources under `profile/`, and the README's table. Tests hold both to the code. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileOf, profileArtefacts, profileTable } from '../src/profile/artefacts.ts';

const folder = new URL('../profile/', import.meta.url);
const artefacts = profileArtefacts();
mkdirSync(folder, { recursive: true });
const names = new Set(artefacts.map(fileOf));
for (const stale of readdirSync(folder)) if (!names.has(stale)) rmSync(new URL(stale, folder));
for (const artefact of artefacts)
  writeFileSync(new URL(fileOf(artefact), folder), `${JSON.stringify(artefact, null, 2)}\n`);

const readme = new URL('../README.md', import.meta.url);
const marked = /(<!-- voice-profile -->\n)[\s\S]*?(\n<!-- \/voice-profile -->)/;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(
    marked,
    (_, start: string, end: string) => `${start}\n${profileTable()}\n${end}`,
  ),
);
