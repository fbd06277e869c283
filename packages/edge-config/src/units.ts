import type { Config } from '@vestibule/config';
import { tablesFolder } from './data-tables.ts';
import { type Command, edgeCommands, kamcmd } from './commands.ts';
import type { EdgePaths } from './kamailio/settings.ts';

/** Under `paths.files`; `systemctl link` makes them known. */
export const unitsFolder = 'systemd';

/** Where an edge host has the project, with its node_modules. */
const projectFolder = '/opt/vestibule';

/** What the daemons of an edge host are kept from: they parse what the internet sends them. */
const confinement = `NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
PrivateTmp=yes
PrivateDevices=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
# A core dump would hold what callers say.
LimitCORE=0`;

/** Descriptors: four ports a call, and as many again for the other leg, with room. */
const descriptors = ({ rates }: Config) => Math.max(4096, rates.concurrent * 16);

/** systemd units for Debian 12. The daemons read the files as members of the group `vestibule`. */
export function units(config: Config, paths: EdgePaths): { path: string; text: string }[] {
  const commands = edgeCommands(config, paths);
  const reloads = ['permissions.addressReload', 'dispatcher.reload'].map(
    (command) => `ExecReload=${kamcmd(paths, command).join(' ')}`,
  );
  return [
    ...(commands.tunnel === undefined ? [] : [tunnelUnit(config, commands.tunnel)]),
    {
      path: `${unitsFolder}/vestibule-rtpengine.service`,
      text: unit({
        description: `RTPEngine of zone ${config.edge.zone}`,
        after: `network-online.target${commands.tunnel === undefined ? '' : ` ${tunnelService}`}`,
        user: 'rtpengine',
        start: [
          // The store's password: RTPENGINE_REDIS_AUTH_PW, REDISCLI_AUTH.
          'EnvironmentFile=-/etc/vestibule/store.env',
          `ExecStartPre=${commands.beforeRtpengine.join(' ')}`,
          `ExecStart=${commands.rtpengine.join(' ')}`,
        ],
        descriptors: descriptors(config),
      }),
    },
    {
      path: `${unitsFolder}/vestibule-kamailio.service`,
      text: unit({
        description: `Kamailio of zone ${config.edge.zone}`,
        after: 'network-online.target vestibule-rtpengine.service',
        user: 'kamailio',
        start: [
          'RuntimeDirectory=vestibule',
          // Secrets: VESTIBULE_TRANSFER_KEY, VESTIBULE_LOG_KEY.
          'EnvironmentFile=-/etc/vestibule/edge.env',
          `ExecStartPre=${commands.check.join(' ')}`,
          `ExecStart=${commands.kamailio.join(' ')}`,
          ...reloads,
        ],
        descriptors: descriptors(config),
      }),
    },
    ...(config.edge.control === undefined ? [] : [controlUnit(config, paths)]),
  ];
}

const tunnelService = 'vestibule-store.service';

const tunnelUnit = ({ edge }: Config, command: Command) => ({
  path: `${unitsFolder}/${tunnelService}`,
  text: unit({
    description: `TLS to the store of zone ${edge.zone}`,
    after: 'network-online.target',
    user: 'stunnel4',
    start: [`ExecStart=${command.join(' ')}`],
    descriptors: 4096,
  }),
});

/** It holds no call: whoever asks for a copy of one waits until it is back. */
function controlUnit(config: Config, { files, run }: EdgePaths): { path: string; text: string } {
  const variables = [
    `VESTIBULE_ZONE=${config.edge.zone}`,
    `VESTIBULE_EDGE_FILES=${files}`,
    `VESTIBULE_EDGE_RUN=${run}`,
  ];
  return {
    path: `${unitsFolder}/vestibule-control.service`,
    text: unit({
      description: `edge/control of zone ${config.edge.zone}`,
      after: 'network-online.target vestibule-kamailio.service',
      user: 'vestibule',
      group: 'kamailio', // its control socket
      start: [
        ...variables.map((variable) => `Environment=${variable}`),
        `WorkingDirectory=${projectFolder}`,
        `ExecStart=${projectFolder}/node_modules/.bin/node ${projectFolder}/edge/control/main.ts`,
        'ExecReload=/bin/kill -HUP $MAINPID',
        // Whether the host drains is a table of Kamailio's.
        `ReadWritePaths=${files}/${tablesFolder}`,
      ],
      descriptors: 4096,
    }),
  };
}

interface Unit {
  description: string;
  after: string;
  user: string;
  /** Besides `vestibule`. */
  group?: string;
  start: readonly string[];
  descriptors: number;
}

function unit({ description, after, user, group = '', start, descriptors: files }: Unit): string {
  return `# Rendered from vestibule.yaml: change it there, not here.
[Unit]
Description=${description}
Wants=network-online.target
After=${after}
# Started again however often it ends: without it no call comes in.
StartLimitIntervalSec=0

[Service]
Type=exec
User=${user}
SupplementaryGroups=${`vestibule ${group}`.trimEnd()}
${start.join('\n')}
Restart=always
RestartSec=200ms
KillMode=mixed
TimeoutStopSec=10
LimitNOFILE=${files}
OOMScoreAdjust=-900
${confinement}

[Install]
WantedBy=multi-user.target
`;
}
