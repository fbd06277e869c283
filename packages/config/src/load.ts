import { readFile } from 'node:fs/promises';
import { CodedError, type Fault, formatFaults } from '@vestibule/core';
import { checkDeployment, questionnaireFile } from './deployment.ts';
import { parseConfig } from './parse.ts';
import { apiKeysOf } from './plugins.ts';
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

/** Everything that is wrong with a questionnaire, as `checkQuestionnaire` of packages/questionnaire says it. */
export type CheckQuestionnaire = (text: string, file: string) => { faults: readonly Fault[] };

/**
 * `vestibule config check FILE`: the file alone, then what it needs around it: plugins, and its questionnaires, each
 * of them checked too when `checkQuestionnaire` is given. Never throws for a bad file.
 */
export async function checkConfig(
  file: string,
  checkQuestionnaire?: CheckQuestionnaire,
): Promise<CheckResult> {
  let text: string;
  try {
    text = await read(file);
  } catch (error) {
    if (error instanceof CodedError) return { ok: false, output: `${error.message}\n` };
    throw error;
  }
  const { config, faults } = parseConfig(text, file);
  if (config === undefined) return refused([{ file, faults }]);
  const checked = [
    { file, faults: withLines(text, await checkDeployment(config)) },
    ...(checkQuestionnaire ? await checkQuestionnaires(config, checkQuestionnaire) : []),
  ];
  if (checked.some(({ faults }) => faults.length > 0)) return refused(checked);
  return { ok: true, output: `${file} is valid.\n${summary(config)}` };
}

interface CheckedFile {
  file: string;
  faults: readonly Fault[];
}

function refused(checked: readonly CheckedFile[]): CheckResult {
  const faulty = checked.filter(({ faults }) => faults.length > 0);
  const count = faulty.reduce((sum, { faults }) => sum + faults.length, 0);
  const lines = faulty.map(({ file, faults }) => formatFaults(file, faults));
  const verdict = `${count} ${count === 1 ? 'fault' : 'faults'}; nothing was changed.`;
  return { ok: false, output: `${[...lines, verdict].join('\n')}\n` };
}

/** Each questionnaire once, however many numbers it answers. One that is not there is `checkDeployment`'s to say. */
async function checkQuestionnaires(config: Config, check: CheckQuestionnaire): Promise<CheckedFile[]> {
  const names = new Set(config.numbers.map(({ questionnaire }) => questionnaire));
  const files = await Promise.all([...names].map((name) => questionnaireFile(config, name)));
  return Promise.all(
    files
      .filter((file) => file !== undefined)
      .map(async (file) => ({ file, faults: await checkedFaults(file, check) })),
  );
}

async function checkedFaults(file: string, check: CheckQuestionnaire): Promise<readonly Fault[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? [{ path: '', message: 'cannot be read' }] : check(text, file).faults;
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
  const { stt, llm, tts, redFlags } = agent.models;
  return [
    `  tenant   ${tenant}, ${region}, zone ${edge.zone}`,
    ...numbers.map(({ number, questionnaire }) => `  number   ${number} → ${questionnaire}`),
    `  hears    ${stt.provider} ${stt.language ?? stt.model}`,
    `  thinks   ${llm.map(({ provider, model }) => `${provider} ${model}`).join(', then ')}`,
    ...(redFlags ? [`  watches  ${redFlags.provider} ${redFlags.model}`] : []),
    `  speaks   ${tts.provider} ${[tts.voice, tts.model].filter(Boolean).join('/')}`,
    ...apiKeysOf(agent).map(
      ({ variable, needed }) =>
        `  key      ${variable}, in the environment of the agent workers${needed ? '' : ', if its service wants one'}`,
    ),
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
