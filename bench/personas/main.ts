import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { CodedError, formatFaults, systemClock } from '@vestibule/core';
import { parsePersona, type Persona } from '@vestibule/local-carrier';
import { CallArchive } from './archive.ts';
import { placePersonaCall } from './carrier.ts';
import { readEnvironment } from './environment.ts';
import { type PersonaResult, report } from './report.ts';
import { recordedAnswers, score } from './score.ts';

/** After the call the agent seals it; so long the bench waits for the manifest, ms. */
const sealedWithinMs = 30_000;
const examples = join(import.meta.dirname, '../../examples/personas');

/** `node bench/personas/main.ts [PERSONA.yaml…] [-- options for the carrier]`: calls one after the other. */
async function main(argv: readonly string[]): Promise<void> {
  const cut = argv.indexOf('--');
  const named = cut < 0 ? argv : argv.slice(0, cut);
  const carrierOptions = cut < 0 ? [] : argv.slice(cut + 1);
  const files = named.length > 0 ? named : exampleFiles();
  const { s3, bucket } = readEnvironment(process.env);
  const archive = new CallArchive(new S3Client({ endpoint: s3, forcePathStyle: true }), bucket, systemClock);
  const results: PersonaResult[] = [];
  for (const file of files) {
    const result = await callAndScore(file, readPersona(file), archive, carrierOptions);
    results.push(result);
    const right = result.items.filter((item) => item.right).length;
    process.stderr.write(`${result.persona}: ${right} of ${result.items.length} right\n`);
  }
  process.stdout.write(report(results));
}

async function callAndScore(
  file: string,
  persona: Persona,
  archive: CallArchive,
  carrierOptions: readonly string[],
): Promise<PersonaResult> {
  const known = await archive.folders();
  const summary = await placePersonaCall(file, carrierOptions);
  const sealed = await archive.next(known, sealedWithinMs);
  const response = sealed ? await archive.json(`${sealed.folder}response.json`) : {};
  return {
    persona: basename(file, '.yaml'),
    voice: persona.voice,
    outcome: sealed?.outcome,
    summary,
    items: score(persona.expects, recordedAnswers(response as Parameters<typeof recordedAnswers>[0])),
  };
}

function exampleFiles(): string[] {
  return readdirSync(examples)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(examples, name));
}

function readPersona(file: string): Persona {
  const { persona, faults } = parsePersona(readFileSync(file, 'utf8'));
  if (!persona) throw new CodedError('invalid-persona', formatFaults(file, faults));
  return persona;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CodedError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
