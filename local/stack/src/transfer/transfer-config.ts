import { join } from 'node:path';
import { writeDeployment } from '../testing/deployment.ts';

/** Numbers of the made-up staff, in the order in which they are tried. */
export const staffNumbers = [
  '+15550100200',
  '+15550100201',
  '+15550100202',
  '+15550100203',
  '+15550100204',
] as const;

/** Changes to each of the staff, in order. */
export type StaffChanges = readonly Record<string, unknown>[];

/**
 * A deployment with staff who can be called, and a questionnaire that leads to them.
 * @returns the file, in `folder`.
 */
export const writeTransferConfig = (root: string, folder: string, changes: StaffChanges): string =>
  writeDeployment(root, folder, {
    name: 'transfer',
    questionnaire: 'needs-person',
    questionnaires: join(import.meta.dirname, 'questionnaires'),
    outbound: {
      destinations: [...staffNumbers],
      rate: '1000/m',
      perDestination: '1000/m',
      refer: 'pass',
    },
    changes: {
      staff: {
        onCall: changes.map((change, index) => ({
          name: `staff-${index + 1}`,
          number: staffNumbers[index],
          ...change,
        })),
      },
    },
  });
