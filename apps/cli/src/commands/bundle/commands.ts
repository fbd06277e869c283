import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { deploymentFiles, makeBundle, verifyBundle } from '@vestibule/bundle';
import { checkConfig, loadConfig } from '@vestibule/config';
import { systemClock } from '@vestibule/core';
import { checkQuestionnaire } from '@vestibule/questionnaire';
import { CliError } from '../../errors.ts';
import type { Output } from '../../terminal.ts';
import { defaultConfig } from '../config.ts';
import { signerOf } from './signer.ts';

interface MakeOptions {
  out: string;
  signWith?: string;
  version?: string;
}

/** What a deployment's hosts and tasks run on, in one signed file. */
export function addBundleCommands(program: Command, output: Output): void {
  const bundle = program.command('bundle').description('what hosts and tasks of a deployment run on, signed');
  bundle
    .command('make')
    .description('put vestibule.yaml, its questionnaires and the files of every zone’s edge in one file')
    .argument('[file]', 'the deployment', defaultConfig)
    .requiredOption('--out <file>', 'where to')
    .option(
      '--sign-with <key>',
      'a key of KMS (alias/NAME, ARN), or the PEM file of a private key; hosts take no other',
    )
    .option('--version <number>', 'higher than that of the one before (default: the time, YYYYMMDDhhmmss)')
    .action((file: string, options: MakeOptions) => make(file, options, output));
  bundle
    .command('verify')
    .description('say whether it is what was signed, and what is in it')
    .argument('<file>')
    .requiredOption('--key <file>', 'PEM file of the public key')
    .action((file: string, { key }: { key: string }) => verify(file, key, output));
}

async function make(file: string, { out, signWith, version }: MakeOptions, output: Output): Promise<void> {
  const checked = await checkConfig(file, checkQuestionnaire);
  if (!checked.ok) throw new CliError('bad-file', checked.output.trimEnd());
  const config = await loadConfig(file);
  const { bytes, manifest } = await makeBundle({
    tenant: config.tenant,
    version: versionOf(version),
    files: await deploymentFiles(config, file),
    ...(signWith === undefined ? {} : { sign: await signerOf(signWith, config.region) }),
  });
  await writeFile(out, bytes);
  const signed = signWith === undefined ? 'not signed: no host takes it' : `signed with ${signWith}`;
  output.write(`${out}: version ${manifest.version}, ${manifest.files.length} files, ${signed}\n`);
}

function versionOf(given: string | undefined): number {
  if (given === undefined)
    return Number(new Date(systemClock.now()).toISOString().replace(/\D/g, '').slice(0, 14));
  if (!/^[1-9]\d{0,14}$/.test(given))
    throw new CliError('bad-argument', `--version ${given}: is not a whole number of 1 to 15 digits`);
  return Number(given);
}

async function verify(file: string, keyFile: string, output: Output): Promise<void> {
  const key = await publicKey(keyFile);
  const { manifest } = verifyBundle(await read(file), key);
  const { tenant, version, files } = manifest;
  output.write(`${file}: what was signed. ${tenant}, version ${version}, ${files.length} files\n`);
  for (const { path, sha256 } of files) output.write(`  ${sha256.slice(0, 16)}  ${path}\n`);
}

async function publicKey(file: string): Promise<KeyObject> {
  const pem = await read(file);
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new CliError('bad-file', `${file}: is no public key in PEM`, { cause });
  }
}

async function read(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new CliError('bad-file', `${file}: cannot be read`, { cause });
  });
}
