import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Services, secrets } from './services.ts';

/** The images by what they are run for: name of the stage, port of the health check. */
export const ports = { agent: 4600, mcp: 4590, recorder: 4620 } as const;
export type Target = keyof typeof ports;

/** Packages whose native library must have been loaded by then: without it no call is heard or answered. */
export const natives: Readonly<Record<Target, readonly RegExp[]>> = {
  agent: [/^onnxruntime-node$/, /^@livekit\/rtc-ffi-bindings-linux-/],
  mcp: [],
  recorder: [],
};

export const aws = ({ s3, aws: url }: Services): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: secrets.accessKeyId,
  AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
  AWS_ENDPOINT_URL_S3: s3,
  AWS_ENDPOINT_URL_KMS: url,
  AWS_ENDPOINT_URL_POLLY: url,
  AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING: url,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
});

/** What a deployment sets besides what the image does. @param files folder in the container with the recorder's PEM files. */
export function environmentOf(target: Target, services: Services, files: string): Record<string, string> {
  switch (target) {
    case 'agent':
      return {
        ...aws(services),
        // No call is taken here: the desk asks in vain, and says so in its log.
        LIVEKIT_URL: 'ws://127.0.0.1:7880',
        LIVEKIT_API_KEY: 'images',
        LIVEKIT_API_SECRET: secrets.shared,
        VESTIBULE_LOG_URL: services.redis,
        VESTIBULE_MCP_URL: 'http://127.0.0.1:4590/mcp',
        VESTIBULE_MCP_SECRET: secrets.shared,
        VESTIBULE_DRAIN_SECONDS: '5',
      };
    case 'mcp':
      return {
        VESTIBULE_MCP_SECRET: secrets.shared,
        VESTIBULE_BACKEND_URL: services.backend,
        VESTIBULE_BACKEND_TOKEN: secrets.backendToken,
        // Asked at the first search only.
        OPENSEARCH_URL: 'http://127.0.0.1:9290',
      };
    case 'recorder':
      return {
        ...aws(services),
        VESTIBULE_LOG_URL: services.redis,
        VESTIBULE_RECORDER_RTP: '127.0.0.30:42000-42399',
        VESTIBULE_RECORDER_CERTIFICATE: `${files}/recorder.pem`,
        VESTIBULE_RECORDER_KEY: `${files}/recorder.key`,
        VESTIBULE_RECORDER_AUTHORITIES: `${files}/recorder.pem`,
        VESTIBULE_GRANT_KEY: `${files}/grants.key`,
      };
  }
}

/** A certificate and a key to sign with, made for this run: edge/control is not there to look at them. */
export function recorderFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    join(folder, 'recorder.key'),
  ];
  execFileSync(
    'openssl',
    ['req', '-x509', ...key, '-days', '1', '-subj', '/CN=recorder', '-out', join(folder, 'recorder.pem')],
    { stdio: 'pipe' },
  );
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, 'grants.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  execFileSync('chown', ['-R', '65532:65532', folder]);
}

/** The repository's own vestibule.yaml with its questionnaires, as a bundle is: gzip, tar, vestibule.yaml at its root. */
export function bundle(root: string): Buffer {
  const form = ['--create', '--gzip', '--format=ustar', '--directory', root];
  return execFileSync('tar', [...form, 'vestibule.yaml', 'examples/questionnaires'], { maxBuffer: 16 << 20 });
}
