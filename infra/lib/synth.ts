import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import type { Template, Templates } from '../reach/template.ts';
import { vestibuleApp } from './app.ts';

/** The templates as `cdk deploy` would get them. @param outdir where they are written. @throws CodedError `not-deployable` */
export function synthesise(config: Config, file: string, outdir?: string): Templates {
  const assembly = vestibuleApp(config, file, outdir).app.synth();
  return Object.fromEntries(
    assembly.stacks.map(({ stackName, templateFile }) => [
      stackName,
      JSON.parse(readFileSync(join(assembly.directory, templateFile), 'utf8')) as Template,
    ]),
  );
}
