import { join } from 'node:path';
import { writeDeployment } from '../testing/deployment.ts';

const hourMs = 3_600_000;

/**
 * A deployment with call-backs at once, to made-up numbers, at any hour but one that is far from now.
 * @returns the file, in `folder`
 */
export function writeCallBackConfig(
  root: string,
  folder: string,
  { now, changes = {} }: { now: number; changes?: Record<string, unknown> },
): string {
  const hour = (offset: number) => `${new Date(now + offset * hourMs).toISOString().slice(11, 13)}:00`;
  return writeDeployment(root, folder, {
    name: 'call-back',
    questionnaire: 'three-questions',
    questionnaires: join(import.meta.dirname, 'questionnaires'),
    outbound: {},
    changes: {
      // Short, as all of it is spoken.
      organisation: { name: 'the clinic', person: 'the desk', timezone: 'UTC' },
      callBacks: {
        prefixes: ['+1555'],
        zones: [{ prefix: '+1555', timezones: ['UTC'] }],
        quiet: { from: hour(11), to: hour(12) },
        after: 0,
        ring: 20,
        ...changes,
      },
    },
  });
}
