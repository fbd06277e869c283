import {
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { loadConfig } from '@vestibule/config';
import {
  archiveClient,
  type Manifest,
  manifestSchema,
  storedEntrySchema,
  verifyChain,
} from '@vestibule/record';
import { systemEnvironment } from '../environment.ts';
import { CliError } from '../errors.ts';
import { columns, type Output } from '../terminal.ts';

interface Archive {
  readonly client: S3Client;
  readonly bucket: string;
  readonly tenant: string;
}

/** The sealed record of calls, read from the archive. */
export function addRecordCommands(program: Command, output: Output): void {
  const record = program.command('record').description('sealed records of calls, in the archive');
  const withConfig = (command: Command) =>
    command.option('--config <file>', 'the deployment', 'vestibule.yaml');
  withConfig(record.command('list').description('all calls in the archive')).action(
    ({ config }: { config: string }) =>
      withArchive(config, async (archive) => output.write(await list(archive))),
  );
  withConfig(
    record.command('show').description('one call: manifest, answers, transcript').argument('<call-id>'),
  ).action((callId: string, { config }: { config: string }) =>
    withArchive(config, async (archive) => output.write(await show(archive, callId))),
  );
  withConfig(
    record
      .command('verify')
      .description('recompute the hash chain and every digest of a call')
      .argument('<call-id>'),
  ).action((callId: string, { config }: { config: string }) =>
    withArchive(config, async (archive) => output.write(await verify(archive, callId))),
  );
}

async function withArchive(file: string, use: (archive: Archive) => Promise<void>): Promise<void> {
  const config = await loadConfig(file);
  const { AWS_REGION } = await systemEnvironment();
  const client = archiveClient(AWS_REGION);
  try {
    await use({ client, bucket: config.archive.bucket, tenant: config.tenant });
  } catch (error) {
    throw unreachable(error) ?? error;
  } finally {
    client.destroy();
  }
}

function unreachable(error: unknown): CliError | undefined {
  if (error instanceof CliError) return undefined;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const refused = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'].includes(code);
  const denied = error instanceof S3ServiceException || (error as Error).name === 'CredentialsProviderError';
  if (!refused && !denied) return undefined;
  const reason = refused ? 'does not answer' : (error as Error).name;
  return new CliError(
    'unreachable',
    `The archive cannot be read (${reason}). Start the local stack (make up), or set the AWS variables`,
    {
      cause: error,
    },
  );
}

async function list(archive: Archive): Promise<string> {
  const keys = (await keysUnder(archive, `${archive.tenant}/`)).filter((key) =>
    key.endsWith('/manifest.json'),
  );
  if (keys.length === 0) return 'No calls in the archive yet.\n';
  const manifests = await Promise.all(keys.map(async (key) => readManifest(archive, key)));
  const rows = manifests.map((one) => [
    one.callId,
    one.startedAt.slice(0, 19).replace('T', ' '),
    one.questionnaire.id,
    one.outcome,
    `${one.items.answered}/${one.items.asked}`,
    one.redFlags.map(({ id }) => id).join(', '),
  ]);
  rows.sort((a, b) => (a[1] ?? '').localeCompare(b[1] ?? ''));
  return columns([['CALL', 'STARTED (UTC)', 'QUESTIONNAIRE', 'OUTCOME', 'ANSWERED', 'RED FLAGS'], ...rows]);
}

async function show(archive: Archive, callId: string): Promise<string> {
  const prefix = await prefixOf(archive, callId);
  const names = ['manifest.json', 'response.json', 'transcript.json'];
  const texts = await Promise.all(names.map((name) => read(archive, `${prefix}${name}`)));
  return names.map((name, index) => `# ${prefix}${name}\n${texts[index] ?? 'not kept'}\n`).join('\n');
}

/** @throws CliError `not-verified` at the first thing that does not hold. */
async function verify(archive: Archive, callId: string): Promise<string> {
  const prefix = await prefixOf(archive, callId);
  const manifest = await readManifest(archive, `${prefix}manifest.json`);
  for (const { name, sha256 } of manifest.objects) {
    const text = await read(archive, `${prefix}${name}`);
    if (text === undefined) throw new CliError('not-verified', `${callId}: ${name} is missing`);
    if (createHash('sha256').update(text).digest('hex') !== sha256) {
      throw new CliError('not-verified', `${callId}: ${name} is not what was sealed`);
    }
  }
  const log = (await read(archive, `${prefix}log.jsonl`)) ?? '';
  const entries = log
    .split('\n')
    .filter(Boolean)
    .map((line) => storedEntrySchema.parse(JSON.parse(line)));
  const fault = verifyChain(entries, callId);
  if (fault) throw new CliError('not-verified', `${callId}: the chain breaks: ${JSON.stringify(fault)}`);
  if (entries.at(-1)?.hash !== manifest.head) {
    throw new CliError('not-verified', `${callId}: the log does not end at the sealed head`);
  }
  return `${callId} verifies: ${entries.length} entries in one chain, ${manifest.objects.length} objects as sealed.\n`;
}

async function prefixOf(archive: Archive, callId: string): Promise<string> {
  const wanted = `/${callId}/manifest.json`;
  const key = (await keysUnder(archive, `${archive.tenant}/`)).find((one) => one.endsWith(wanted));
  if (key === undefined)
    throw new CliError('not-found', `There is no call ${callId} in the archive. See: vestibule record list`);
  return key.slice(0, -'manifest.json'.length);
}

async function keysUnder({ client, bucket }: Archive, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

async function readManifest(archive: Archive, key: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse((await read(archive, key)) ?? '{}'));
}

async function read({ client, bucket }: Archive, key: string): Promise<string | undefined> {
  try {
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await object.Body?.transformToString();
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}
