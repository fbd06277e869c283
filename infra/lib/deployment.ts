import { type Config, networkContains } from '@vestibule/config';
import { CodedError, formatFaults } from '@vestibule/core';
import { type Subnet, type SubnetKind, subnets } from './addresses.ts';

/** A deployment as the stacks need it. */
export interface Deployment {
  config: Config;
  /** Ids of the availability zones (`use1-az1`), the first that of `edge`. */
  zones: readonly string[];
  settings: NonNullable<Config['aws']>;
  subnets: readonly Subnet[];
}

/** @throws CodedError `not-deployable`, all faults in one. */
export function deploymentOf(config: Config, file: string): Deployment {
  const { aws: settings, edge, otherZones } = config;
  if (settings === undefined)
    throw new CodedError('not-deployable', `${file}: aws: is missing. See infra/example/vestibule.yaml`);
  const zones = [edge, ...otherZones].map(({ zone }) => zone);
  const plan = subnets({ network: settings.network, zones });
  const deployment = { config, zones, settings, subnets: plan };
  const faults = [
    ...zoneFaults(zones),
    ...addressFaults(deployment),
    ...storeFaults(config),
    ...serverFaults(config),
  ];
  if (faults.length > 0) throw new CodedError('not-deployable', formatFaults(file, faults));
  return deployment;
}

interface Fault {
  path: string;
  message: string;
}

function zoneFaults(zones: readonly string[]): Fault[] {
  const wrong = zones.filter((zone) => !/^[a-z]{2,4}\d-az\d$/.test(zone));
  return [
    ...wrong.map((zone) => ({
      path: 'edge.zone',
      message: `${zone} is no id of an availability zone, such as use1-az1`,
    })),
    ...(zones.length < 2 || zones.length > 3
      ? [{ path: 'otherZones', message: `there are ${zones.length} zones; a deployment has two or three` }]
      : []),
  ];
}

/** What RTPEngine stores holds the SRTP keys of calls. */
const storeFaults = ({ edge, otherZones }: Config): Fault[] =>
  [edge, ...otherZones].flatMap(({ private: { store } }, zone) =>
    store.startsWith('rediss:')
      ? []
      : [
          {
            path: `${placeOf(zone)}.private.store`,
            message: 'the store takes TLS alone: rediss://, with the name that VestibuleState puts out',
          },
        ],
  );

const placeOf = (zone: number) => (zone === 0 ? 'edge' : `otherZones[${zone - 1}]`);

/** The flow matrix has no way from agents to servers of others. */
const serverFaults = ({ tools: { servers } }: Config): Fault[] =>
  servers.map(({ name }, index) => ({
    path: `tools.servers[${index}]`,
    message: `nothing leads from the agents to ${name} in this deployment yet: offer its tools through the backend’s OpenAPI file`,
  }));

/** Each host has its address from vestibule.yaml, so it must lie in the subnet that it stands in. */
function addressFaults({ config, subnets: plan }: Pick<Deployment, 'config' | 'subnets'>): Fault[] {
  return [config.edge, ...config.otherZones].flatMap((edge, zone) => {
    const at = placeOf(zone);
    const wanted: [string, string, SubnetKind][] = [
      [`${at}.public.address`, edge.public.address, 'edge-outer'],
      [`${at}.private.address`, edge.private.address, 'edge-inner'],
      ...edge.livekitSip.map(({ host }, index): [string, string, SubnetKind] => [
        `${at}.livekitSip[${index}]`,
        host,
        'app',
      ]),
    ];
    return wanted.flatMap(([path, address, kind]) => {
      const { cidr } = subnetOf(plan, kind, zone);
      return networkContains(cidr, address)
        ? []
        : [{ path, message: `${address} is not in ${cidr}, the ${kind} subnet of that zone` }];
    });
  });
}

/** @throws RangeError when there is none. */
function subnetOf(plan: readonly Subnet[], kind: SubnetKind, zone: number): Subnet {
  const found = plan.find((each) => each.kind === kind && each.zone === zone);
  if (found === undefined) throw new RangeError(`zone ${zone} has no ${kind} subnet`);
  return found;
}
