import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  accessFault,
  exportedFiles,
  kmsAnchor,
  openEntry,
  openRecord,
  readFolder,
  setLegalHold,
  type StoredRecord,
  verifyRecord,
} from '@vestibule/record';
import { systemEnvironment } from '../../environment.ts';
import { CliError } from '../../errors.ts';
import { columns, type Output } from '../../terminal.ts';
import { anchorFile, findRecord, openWith, type RecordDesk, trustAnchor, withDesk } from './archive.ts';
import { type AuditOptions, auditRegister } from './audit.ts';
import { erase } from './erase.ts';
import { list } from './list.ts';
import { replayRecord } from './replay.ts';
import { showRecord } from './show.ts';
import { verdictText } from './verdict.ts';

interface Options {
  config: string;
  anchor?: string;
  redacted?: boolean;
  reason?: string;
  call?: string;
}

/** The sealed record of calls: read, proven, exported, erased; and who did so. */
export function addRecordCommands(program: Command, output: Output): void {
  const record = program.command('record').description('sealed records of calls: read, prove, export, erase');
  const add = (name: string, description: string) =>
    record
      .command(name)
      .description(description)
      .option('--config <file>', 'the deployment', 'vestibule.yaml');
  const write = (text: string) => output.write(text);

  add('list', 'all calls in the archive').action(({ config }: Options) =>
    withDesk(config, async (desk) => write(await list(desk))),
  );
  add('show', 'one call, entry by entry')
    .argument('<call-id>')
    .option('--redacted', 'without the caller’s data')
    .action((callId: string, options: Options) =>
      withDesk(options.config, async (desk) => write(await show(desk, callId, options))),
    );
  add('verify', 'prove that a record is whole and unaltered; a folder needs no network')
    .argument('<call-id|folder>')
    .option('--anchor <file>', 'public key (PEM) that workers’ keys are held against')
    .option('--call <call-id>', 'the call that the folder must be of')
    .action(async (what: string, options: Options) => write(await verify(what, options)));
  add('replay', 'have the agent decide a call again, and name the first decision that differs')
    .argument('<call-id|folder>')
    .option('--redacted', 'without the caller’s data')
    .action(async (what: string, options: Options) => write(await replay(what, options)));
  add('export', 'a call as a folder that can be verified anywhere')
    .argument('<call-id>')
    .argument('<folder>')
    .option('--redacted', 'without the caller’s data')
    .action((callId: string, folder: string, options: Options) =>
      withDesk(options.config, async (desk) => write(await exportTo(desk, callId, folder, options))),
    );
  add('erase', 'destroy a call’s key and the caller’s data; what remains still verifies')
    .argument('<call-id>')
    .requiredOption('--reason <text>', 'why, for the record')
    .action((callId: string, options: Options) =>
      withDesk(options.config, async (desk) =>
        erase(desk, await systemEnvironment(), { callId, reason: options.reason ?? '' }, output),
      ),
    );
  const today = new Date().toISOString().slice(0, 10);
  add('audit', 'the edge’s decisions against the register of final roots: which calls are missing')
    .requiredOption('--decisions <file>', 'the edge’s log of those days')
    .option('--from <day>', 'first day, YYYY-MM-DD, UTC', today)
    .option('--to <day>', 'last day', today)
    .option('--anchor <file>', 'public key (PEM) that workers’ keys are held against')
    .action((options: Options & AuditOptions) =>
      withDesk(options.config, async (desk) => write(await auditRegister(desk, options))),
    );
  add('hold', 'put a call under a legal hold, or lift it: while it is on, it cannot be erased')
    .argument('<call-id>')
    .argument('<on|off>')
    .requiredOption('--reason <text>', 'why, for the access log')
    .action((callId: string, state: string, options: Options) =>
      withDesk(options.config, async (desk) => write(await hold(desk, callId, state, options.reason ?? ''))),
    );
  add('access', 'who saw, exported, erased or was refused which record').action(({ config }: Options) =>
    withDesk(config, async (desk) => write(await examineAccess(desk))),
  );
  add('anchor', 'print the trust anchor (PEM), to be kept apart from the records').action(
    ({ config }: Options) =>
      withDesk(config, async ({ kms, config: { record: keys } }) =>
        write(String((await kmsAnchor(kms, keys.signingKey)).export({ type: 'spki', format: 'pem' }))),
      ),
  );
}

async function show(desk: RecordDesk, callId: string, { redacted = false }: Options): Promise<string> {
  const record = await findRecord(desk, callId);
  const key = await openWith(desk, record, { action: 'show', ...(redacted ? { detail: 'redacted' } : {}) });
  return showRecord(record, key, redacted);
}

async function verify(what: string, { config, anchor, call }: Options): Promise<string> {
  if (isFolder(what)) {
    if (anchor !== undefined) return verdictText(verifyRecord(readRecord(what, call), anchorFile(anchor)));
    let text = '';
    await withDesk(config, async (desk) => {
      text = verdictText(verifyRecord(readRecord(what, call), await trustAnchor(anchor, desk)));
    });
    return text;
  }
  let text = '';
  await withDesk(config, async (desk) => {
    const record = await findRecord(desk, what);
    const key = await openWith(desk, record, { action: 'verify' });
    text = verdictText(verifyRecord(opened(record, key), await trustAnchor(anchor, desk)));
  });
  return text;
}

async function replay(what: string, { config, redacted = false }: Options): Promise<string> {
  const run = (record: StoredRecord, key?: Buffer) =>
    replayRecord(record.root?.statement.callId ?? what, openRecord(record, key), { config, redacted });
  if (isFolder(what)) return run(readRecord(what, undefined));
  let text = '';
  await withDesk(config, async (desk) => {
    const record = await findRecord(desk, what);
    const key = await openWith(desk, record, {
      action: 'replay',
      ...(redacted ? { detail: 'redacted' } : {}),
    });
    text = await run(record, key);
  });
  return text;
}

const isFolder = (what: string) => existsSync(what) && statSync(what).isDirectory();

function readRecord(folder: string, callId: string | undefined): StoredRecord {
  if (!existsSync(join(folder, 'entries.jsonl')))
    throw new CliError('bad-argument', `${folder} holds no exported record: entries.jsonl is missing`);
  return readFolder(folder, callId);
}

/** The record with its payloads opened, so that their commitments are checked as well. */
function opened(record: StoredRecord, key: Buffer | undefined): StoredRecord {
  if (key === undefined) return record;
  const entries = record.entries.map((entry) => (entry.sealed === undefined ? entry : openEntry(key, entry)));
  return { ...record, entries };
}

async function exportTo(
  desk: RecordDesk,
  callId: string,
  folder: string,
  { redacted = false }: Options,
): Promise<string> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CliError('bad-argument', `${folder} is not empty`);
  const record = await findRecord(desk, callId);
  const key = await openWith(desk, record, { action: 'export', ...(redacted ? { detail: 'redacted' } : {}) });
  const files = exportedFiles(record, openRecord(record, key), { redacted });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  const recording = redacted ? undefined : record.recording;
  if (recording) writeFileSync(join(folder, recording.name), recording.body);
  return `${files.size + (recording ? 1 : 0)} files in ${folder}. Prove it with: vestibule record verify ${folder} --anchor FILE\n`;
}

async function hold(desk: RecordDesk, callId: string, state: string, reason: string): Promise<string> {
  const { archive, access, who } = desk;
  if (state !== 'on' && state !== 'off')
    throw new CliError('bad-argument', `${state} is neither on nor off: vestibule record hold CALL on`);
  const { prefix } = await findRecord(desk, callId);
  await access.append({ who, action: 'hold', callId, granted: true, detail: `${state}: ${reason}` });
  const count = await setLegalHold(archive, prefix, state === 'on');
  return `${callId}: legal hold ${state} for ${count} objects with their versions.\n`;
}

async function examineAccess({ access, who }: RecordDesk): Promise<string> {
  await access.append({ who, action: 'examine', granted: true });
  const entries = await access.read();
  const fault = accessFault(entries);
  if (fault)
    throw new CliError('not-verified', `The access log does not verify: entry ${fault.seq} ${fault.problem}`);
  return columns([
    ['AT (UTC)', 'WHO', 'DID', 'CALL', 'GRANTED', 'DETAIL'],
    ...entries.map(({ at, who: by, action, callId = '', granted, detail = '' }) => [
      at.slice(0, 19).replace('T', ' '),
      by,
      action,
      callId,
      granted ? 'yes' : 'NO',
      detail,
    ]),
  ]);
}
