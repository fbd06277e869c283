import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import type { App } from 'aws-cdk-lib';
import type { Template, Templates } from '../reach/template.ts';
import { vestibuleApp } from './app.ts';

export interface Synthesised {
  app: App;
  templates: Templates;
  /** Where they were written. */
  files: string[];
}

/** The templates as `cdk deploy` would get them. @param outdir where they are written. @throws CodedError `not-deployable` */
export function synthesiseApp(config: Config, file: string, outdir?: string): Synthesised {
  const { app } = vestibuleApp(config, file, outdir);
  const { directory, stacks } = app.synth();
  const files = stacks.map(({ templateFile }) => join(directory, templateFile));
  const templates = stacks.map(({ stackName }, index) => [
    stackName,
    JSON.parse(readFileSync(files[index]!, 'utf8')) as Template,
  ]);
  return { app, templates: Object.fromEntries(templates) as Templates, files };
}

/** The templates alone. */
export const synthesise = (config: Config, file: string, outdir?: string): Templates =>
  synthesiseApp(config, file, outdir).templates;
