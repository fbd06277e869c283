import type { Config } from '@vestibule/config';
import { localCertificates } from '../certificates.ts';
import { address, ports, recorderRtp, tcp } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import { acceptsTcp, answersHttp } from '../supervise/probes.ts';
import { awsCredentials, type Context, nodeOf } from './context.ts';
import { type Zone, zonesOf } from '../zones.ts';
import { edgePaths } from './edge.ts';

/** edge/control beside Kamailio and RTPEngine, and the recorder behind it, where vestibule.yaml has them. Writes their certificates. */
export function recordingParts(context: Context, config: Config): ProcessPart[] {
  const { folders } = context.environment;
  const zones = zonesOf(config);
  const files = localCertificates(
    folders,
    zones.map((zone) => zone.config.edge),
  );
  if (files === undefined) return [];
  const controls = zones.flatMap((zone) => edgeControl(context, zone));
  return config.recording === undefined ? controls : [...controls, recorder(context, files)];
}

function edgeControl(context: Context, { config: { edge }, suffix }: Zone): ProcessPart[] {
  if (edge.control === undefined) return [];
  const { folders, config } = context.environment;
  const paths = edgePaths(folders, suffix);
  const listen = tcp(edge.private.address, edge.control.port);
  return [
    {
      kind: 'process',
      name: `edge-control${suffix}`,
      title: 'edge/control',
      command: nodeOf(context),
      args: ['edge/control/main.ts'],
      cwd: folders.root,
      env: {
        VESTIBULE_CONFIG: config,
        VESTIBULE_ZONE: edge.zone,
        VESTIBULE_EDGE_FILES: paths.files,
        VESTIBULE_EDGE_RUN: paths.run,
      },
      endpoints: [listen],
      ready: acceptsTcp(listen),
      after: [`rtpengine${suffix}`],
      uses: [`kamailio${suffix}`],
    },
  ];
}

function recorder(context: Context, files: NonNullable<ReturnType<typeof localCertificates>>): ProcessPart {
  const { folders, config } = context.environment;
  return {
    kind: 'process',
    name: 'recorder',
    title: 'Recorder',
    command: nodeOf(context),
    args: ['apps/recorder/src/main.ts'],
    cwd: folders.root,
    env: {
      ...awsCredentials(context),
      VESTIBULE_CONFIG: config,
      VESTIBULE_LOG_URL: `redis://${address(ports.redisLog)}`,
      VESTIBULE_RECORDER_LISTEN: address(ports.recorder),
      VESTIBULE_RECORDER_RTP: `${recorderRtp.host}:${recorderRtp.from}-${recorderRtp.to}`,
      VESTIBULE_RECORDER_CERTIFICATE: files.certificate,
      VESTIBULE_RECORDER_KEY: files.key,
      VESTIBULE_RECORDER_AUTHORITIES: files.authorities,
      VESTIBULE_GRANT_KEY: files.grantKey,
      AWS_ENDPOINT_URL_KMS: `http://${address(ports.aws)}`,
    },
    endpoints: [ports.recorder],
    ready: answersHttp(`http://${address(ports.recorder)}/healthz`),
    after: ['redis-log', 'aws'],
    uses: ['edge-control'],
  };
}
