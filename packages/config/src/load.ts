import { readFile } from 'node:fs/promises';
import { CodedError, type Fault, formatFaults } from '@vestibule/core';
import { checkDeployment } from './deployment.ts';
import { parseConfig } from './parse.ts';
import type { Config } from './schema.ts';
import { readYaml } from './source.ts';

export type ConfigErrorCode = 'invalid-config' | 'unreadable-config';

/**
 * The config of a deployment, for the apps.
 * @throws CodedError `unreadable-config`, or `invalid-config` whose message lists every fault, a line each.
 */
export async function loadConfig(file: string): Promise<Config> {
  const { config, faults } = parseConfig(await read(file), file);
  if (config === undefined) throw new CodedError('invalid-config', formatFaults(file, faults));
  return config;
}

export interface CheckResult {
  ok: boolean;
  /** Ready to print; ends in a newline. */
  output: string;
}

/** `vestibule config check FILE`: the file alone, then what it needs around it. Never throws for a bad file. */
export async function checkConfig(file: string): Promise<CheckResult> {
  let text: string;
  try {
    text = await read(file);
  } catch (error) {
    if (error instanceof CodedError) return { ok: false, output: `${error.message}\n` };
    throw error;
  }
  const { config, faults } = parseConfig(text, file);
  const all = config === undefined ? faults : withLines(text, await checkDeployment(config));
  if (config === undefined || all.length > 0) {
    const count = `${all.length} ${all.length === 1 ? 'fault' : 'faults'}`;
    return { ok: false, output: `${formatFaults(file, all)}\n${count}; nothing was changed.\n` };
  }
  return { ok: true, output: `${file} is valid.\n${summary(config)}` };
}

function withLines(text: string, faults: readonly Fault[]): Fault[] {
  const { lineOf } = readYaml(text);
  return faults.map((fault) => {
    const keys = fault.path.split(/[.[\]]+/).filter((key) => key !== '');
    const line = lineOf(keys);
    return { ...fault, ...(line === undefined ? {} : { line }) };
  });
}

function summary({ tenant, region, edge, numbers, agent, egress }: Config): string {
  const { stt, llm, tts } = agent.models;
  return [
    `  tenant   ${tenant}, ${region}, zone ${edge.zone}`,
    ...numbers.map(({ number, questionnaire }) => `  number   ${number} → ${questionnaire}`),
    `  hears    ${stt.provider} ${stt.language ?? stt.model}`,
    `  thinks   ${llm.provider} ${llm.model}`,
    `  speaks   ${tts.provider} ${[tts.voice, tts.model].filter(Boolean).join('/')}`,
    `  egress   ${egress.length === 0 ? 'none: nothing leaves the VPC' : egress.join(', ')}`,
    '',
  ].join('\n');
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : 'cannot be read';
    throw new CodedError<ConfigErrorCode>('unreadable-config', `${file}: ${reason}`, { cause });
  }
}
