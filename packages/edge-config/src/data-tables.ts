import type { Config } from '@vestibule/config';
import { transcodeFlags, transcodes } from './kamailio/codecs.ts';

/** A table that Kamailio's htable module reads from a db_text file, and reads again while calls are up. */
export interface DataTable {
  name: string;
  /** What the script finds there. */
  holds: string;
  /** A colon in a text is written `\\:`. */
  rows: readonly (readonly [key: string, value: string | number])[];
}

/** Everything of vestibule.yaml that a running Kamailio can be told. */
export function dataTables(config: Config): DataTable[] {
  const { carriers, numbers, callers, rates, outbound, callBacks } = config;
  return [
    {
      name: 'transport',
      holds: 'carriers that must come by TLS',
      rows: carriers.filter(({ transport }) => transport === 'tls').map(({ name }) => [name, 'tls']),
    },
    {
      name: 'srtp',
      holds: 'carriers that must come with SRTP',
      rows: carriers.filter(({ srtp }) => srtp === 'require').map(({ name }) => [name, 'require']),
    },
    ...(transcodes(config)
      ? [
          {
            name: 'transcode',
            holds: 'codecs of carriers that become PCMU, as flags of RTPEngine',
            rows: carriers
              .filter(({ transcode }) => transcode.length > 0)
              .map(({ name, transcode }): [string, string] => [name, transcodeFlags(transcode)]),
          },
        ]
      : []),
    {
      name: 'numbers',
      holds: 'dialled numbers, and what becomes of calls to them that are not attested A',
      rows: numbers.map(({ number, attestation }) => [number, attestation]),
    },
    {
      name: 'allow',
      holds: 'callers who may count as verified',
      rows: callers.allow.map((caller) => [caller, 1]),
    },
    {
      name: 'deny',
      holds: 'callers who are always refused',
      rows: callers.deny.map((caller) => [caller, 1]),
    },
    {
      name: 'rates',
      holds: 'new calls per source, number and caller, each in its window; calls at one time',
      rows: [
        ['source', rates.perSource.count],
        ['number', rates.perNumber.count],
        ['caller', rates.perCaller.count],
        ['concurrent', rates.concurrent],
        ...(outbound === undefined ? [] : outboundRates(outbound)),
        ...(callBacks === undefined ? [] : callBackRates(callBacks)),
      ],
    },
    ...(outbound === undefined ? [] : outboundTables(config, outbound)),
    ...(callBacks === undefined
      ? []
      : [
          {
            name: 'prefixes',
            holds: 'how numbers begin that may be called back, or never',
            rows: [
              ...callBacks.prefixes.map((prefix): [string, string] => [prefix, 'yes']),
              ...callBacks.never.map((prefix): [string, string] => [prefix, 'never']),
            ],
          },
        ]),
  ];
}

type Outbound = NonNullable<Config['outbound']>;

const outboundRates = ({ rate, perDestination, concurrent }: Outbound): [string, number][] => [
  ['outbound', rate.count],
  ['destination', perDestination.count],
  ['outbound-concurrent', concurrent],
];

const callBackRates = ({
  rate,
  perDestination,
  concurrent,
}: NonNullable<Config['callBacks']>): [string, number][] => [
  ['callbacks', rate.count],
  ['calledback', perDestination.count],
  ['callbacks-concurrent', concurrent],
];

function outboundTables({ carriers }: Config, outbound: Outbound): DataTable[] {
  const isTls = carriers.some(({ name, transport }) => name === outbound.carrier && transport === 'tls');
  return [
    {
      name: 'callerids',
      holds: 'numbers that outbound calls may show',
      rows: outbound.callerIds.map((number) => [number, 1]),
    },
    {
      name: 'destinations',
      holds: 'numbers that may be called',
      rows: outbound.destinations.map((number) => [number, 1]),
    },
    {
      name: 'gateways',
      holds: 'the carrier’s addresses for outbound calls, in their order',
      rows: outbound.gateways.map(({ host, port }, index) => [
        String(index + 1),
        `sip\\:${host}\\:${port};transport=${isTls ? 'tls' : 'udp'}`,
      ]),
    },
  ];
}

/** Kept by `edge drain`, not rendered from the config: a host that drains goes on draining when Kamailio is restarted. */
export const switches = (drain: boolean): DataTable => ({
  name: 'switches',
  holds: 'drain: 1 while new calls are sent on to another zone',
  rows: [['drain', drain ? 1 : 0]],
});

/** Under `paths.files`. */
export const tablesFolder = 'tables';

/** A db_text file: the columns of an htable, then a row a line (https://www.kamailio.org/docs/modules/5.6.x/modules/db_text.html). */
export function tableText({ rows }: DataTable): string {
  const lines = rows.map(
    ([key, value], index) => `${index + 1}:${key}:0:${typeof value === 'number' ? 1 : 0}:${value}:0`,
  );
  return [
    'id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)',
    ...lines,
    '',
  ].join('\n');
}

/** db_text's own table, which the htable module asks for the layout that it knows. */
export const versionText = 'table_name(string) table_version(int)\nhtable:2\n';
