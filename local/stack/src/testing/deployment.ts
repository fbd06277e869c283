import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Where the stand-in of the carrier takes calls from us: within its signalling network. */
export const staffGateway = { address: '127.0.0.20', port: 5072 } as const;

export interface DeploymentOptions {
  /** Of the file, and of a tenant apart: the deployment that is borrowed can replay its own records. */
  name: string;
  /** Whom all numbers lead to, and the folder that it is in. */
  questionnaire: string;
  questionnaires: string;
  /** Besides carrier, gateway and caller ids. */
  outbound: Record<string, unknown>;
  changes: Record<string, unknown>;
}

/**
 * The deployment of vestibule.yaml with calls out to `staffGateway`, no limits of rate and no recording. Its paths are absolute.
 * @returns the file, in `folder`.
 */
export function writeDeployment(
  root: string,
  folder: string,
  { name, questionnaire, questionnaires, outbound, changes }: DeploymentOptions,
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
  const deployment = {
    ...file,
    tenant: `${name}-test`,
    numbers: callerIds.map((number) => ({ number, questionnaire })),
    questionnaires,
    rates: { perSource: '100/s', perCaller: '100/s', perNumber: '100/s', concurrent: 100 },
    recording: undefined,
    outbound: {
      carrier: 'twilio',
      domain: 'lakeside.pstn.example.com',
      gateways: [`${staffGateway.address}:${staffGateway.port}`],
      callerIds,
      ...outbound,
    },
    ...changes,
  };
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify(deployment));
  return path;
}
