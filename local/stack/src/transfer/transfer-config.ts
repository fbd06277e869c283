import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Numbers of the made-up staff, in the order in which they are tried. */
export const staffNumbers = [
  '+15550100200',
  '+15550100201',
  '+15550100202',
  '+15550100203',
  '+15550100204',
] as const;

/** Where the stand-in of the carrier takes calls to staff: within its signalling network. */
export const staffGateway = { address: '127.0.0.20', port: 5072 } as const;

/** Changes to each of the staff, in order. */
export type StaffChanges = readonly Record<string, unknown>[];

/**
 * The deployment of vestibule.yaml with staff who can be called, a questionnaire that leads to them, and no limits of rate. Its paths are absolute.
 * @returns the file, in `folder`.
 */
export function writeTransferConfig(root: string, folder: string, changes: StaffChanges): string {
  const file = parse(readFileSync(join(root, 'vestibule.yaml'), 'utf8')) as {
    edge: { control: Record<string, unknown> };
    numbers: { number: string }[];
    [key: string]: unknown;
  };
  const { control } = file.edge;
  for (const key of ['certificate', 'key', 'authorities', 'grants'])
    control[key] = join(root, String(control[key]));
  const callerIds = file.numbers.map(({ number }) => number);
  const deployment = {
    ...file,
    // Records apart from those of the deployment that is borrowed: that one can replay its own.
    tenant: 'transfer-test',
    numbers: callerIds.map((number) => ({ number, questionnaire: 'needs-person' })),
    questionnaires: join(import.meta.dirname, 'questionnaires'),
    rates: { perSource: '100/s', perCaller: '100/s', perNumber: '100/s', concurrent: 100 },
    recording: undefined,
    outbound: {
      carrier: 'twilio',
      domain: 'lakeside.pstn.example.com',
      gateways: [`${staffGateway.address}:${staffGateway.port}`],
      callerIds,
      destinations: [...staffNumbers],
      rate: '1000/m',
      perDestination: '1000/m',
      refer: 'pass',
    },
    staff: {
      onCall: changes.map((change, index) => ({
        name: `staff-${index + 1}`,
        number: staffNumbers[index],
        ...change,
      })),
    },
  };
  const path = join(folder, 'transfer.yaml');
  writeFileSync(path, stringify(deployment));
  return path;
}
