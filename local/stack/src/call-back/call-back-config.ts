import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { staffGateway } from '../transfer/transfer-config.ts';

const hourMs = 3_600_000;

/**
 * The deployment of vestibule.yaml with call-backs at once, to made-up numbers, at any hour but one that is far from now. Its paths are absolute.
 * @returns the file, in `folder`
 */
export function writeCallBackConfig(
  root: string,
  folder: string,
  { now, changes = {} }: { now: number; changes?: Record<string, unknown> },
): string {
  const file = parse(readFileSync(join(root, 'vestibule.yaml'), 'utf8')) as {
    edge: { control: Record<string, unknown> };
    numbers: { number: string }[];
    [key: string]: unknown;
  };
  const { control } = file.edge;
  for (const key of ['certificate', 'key', 'authorities', 'grants'])
    control[key] = join(root, String(control[key]));
  const callerIds = file.numbers.map(({ number }) => number);
  const hour = (offset: number) => `${new Date(now + offset * hourMs).toISOString().slice(11, 13)}:00`;
  const deployment = {
    ...file,
    tenant: 'call-back-test',
    // Short, as all of it is spoken.
    organisation: { name: 'the clinic', person: 'the desk', timezone: 'UTC' },
    numbers: callerIds.map((number) => ({ number, questionnaire: 'three-questions' })),
    questionnaires: join(import.meta.dirname, 'questionnaires'),
    rates: { perSource: '100/s', perCaller: '100/s', perNumber: '100/s', concurrent: 100 },
    recording: undefined,
    outbound: {
      carrier: 'twilio',
      domain: 'lakeside.pstn.example.com',
      gateways: [`${staffGateway.address}:${staffGateway.port}`],
      callerIds,
    },
    callBacks: {
      prefixes: ['+1555'],
      zones: [{ prefix: '+1555', timezones: ['UTC'] }],
      quiet: { from: hour(11), to: hour(12) },
      after: 0,
      ring: 20,
      ...changes,
    },
  };
  const path = join(folder, 'call-back.yaml');
  writeFileSync(path, stringify(deployment));
  return path;
}
