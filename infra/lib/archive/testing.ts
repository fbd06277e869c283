import { type Config, parseConfig } from '@vestibule/config';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { deploymentOf } from '../deployment.ts';
import { KeysStack } from '../keys-stack.ts';
import { NetworkStack } from '../network/network-stack.ts';
import { StateStack } from '../state/state-stack.ts';
import { ArchiveStack } from './archive-stack.ts';

const file = new URL('../../example/vestibule.yaml', import.meta.url).pathname;

/** Lines that are put into the example: under `aws`, and at its end. */
export interface Changes {
  aws?: string[];
  top?: string[];
  /** In the place of the example's. */
  archive?: string;
}

/** Templates of keys, state and archive, of the example with `changes`. */
export function templatesOf({ aws = [], top = [], archive: rests }: Changes = {}) {
  const text = readFileSync(file, 'utf8')
    .replace(/^aws:\n/m, `aws:\n${aws.map((line) => `  ${line}\n`).join('')}`)
    .replace(/^archive: .*$/m, (line) => (rests === undefined ? line : `archive: ${rests}`));
  const config = parsed(`${text}\n${top.join('\n')}\n`);
  const deployment = deploymentOf(config, file);
  const outdir = mkdtempSync(join(tmpdir(), 'vestibule-cdk-'));
  after(() => rmSync(outdir, { recursive: true }));
  const app = new App({ outdir, analyticsReporting: false });
  const props = { env: { region: config.region } };
  const network = new NetworkStack(app, 'Network', deployment, props);
  const keys = new KeysStack(app, 'Keys', config, props);
  const state = new StateStack(app, 'State', deployment, network, keys, props);
  const archive = new ArchiveStack(app, 'Archive', deployment, network, keys, state, props);
  return {
    config,
    keys: Template.fromStack(keys),
    state: Template.fromStack(state),
    archive: Template.fromStack(archive),
  };
}

function parsed(text: string): Config {
  const { config, faults } = parseConfig(text, file);
  if (config === undefined) throw new Error(JSON.stringify(faults));
  return config;
}

export type Properties = Record<string, unknown>;

/** The one resource of a type whose properties have all of `like`. @throws Error when there are more or none */
export function only(template: Template, type: string, like: Properties = {}): Properties {
  const found = Object.values(template.findResources(type, { Properties: like }));
  if (found.length !== 1) throw new Error(`${found.length} of ${type} like ${JSON.stringify(like)}`);
  return (found[0] as { Properties: Properties }).Properties;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** What the policies of roles allow. */
export function statementsOf(template: Template, role: RegExp): Statement[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => role.test(id));
  return policies.flatMap(([, { Properties: properties }]) => {
    const { PolicyDocument: document } = properties as { PolicyDocument: { Statement: Statement[] } };
    return document.Statement.filter(({ Effect }) => Effect === 'Allow');
  });
}

/** The same as `action resource`, resources as JSON with CloudFormation's functions. */
export const allowed = (template: Template, role: RegExp): string[] =>
  statementsOf(template, role).flatMap(({ Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action) => [Resource].flat().map((resource) => `${action} ${JSON.stringify(resource)}`)),
  );
