import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { scripts } from './user-data.ts';

interface Command {
  name: string;
  description: string;
  /** Run with what is chosen for `Options`. */
  run: string;
  options: readonly string[];
  /** s */
  timeout: number;
}

const commands: readonly Command[] = [
  {
    name: 'vestibule-apply-bundle',
    description: 'Brings an edge host to the bundle that is published. Calls that are up go on',
    run: `${scripts}/apply-bundle.sh`,
    options: ['', '--restart', '--roll-back', '--restart --roll-back'],
    timeout: 600,
  },
  {
    name: 'vestibule-drain',
    description:
      'Sends new calls on to another zone and waits for those that are up; --off: takes calls again',
    run: '/opt/vestibule/node_modules/.bin/node /opt/vestibule/apps/cli/src/main.ts edge drain',
    options: ['', '--off'],
    timeout: 3900,
  },
];

/** What an operator may have a running host do. Nothing but these options gets into a command line. */
export function addDocuments(scope: Construct): void {
  for (const { name, description, run, options, timeout } of commands)
    new ssm.CfnDocument(scope, name, {
      name,
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/AWS::EC2::Instance',
      updateMethod: 'NewVersion',
      content: {
        schemaVersion: '2.2',
        description,
        parameters: {
          Options: { type: 'String', description: 'Options', default: '', allowedValues: options },
        },
        mainSteps: [
          {
            action: 'aws:runShellScript',
            name: 'run',
            inputs: { timeoutSeconds: String(timeout), runCommand: [`${run} {{ Options }}`] },
          },
        ],
      },
    });
}
