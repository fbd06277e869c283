import type { Config } from '@vestibule/config';

type Images = NonNullable<Config['aws']>['images'];
export type ImageName = keyof Images;

/** Where each image lies in ECR; those of LiveKit, where they are copied from too. */
export const repositories: Readonly<Record<ImageName, { repository: string; upstream?: string }>> = {
  agent: { repository: 'vestibule/agent' },
  mcp: { repository: 'vestibule/mcp' },
  recorder: { repository: 'vestibule/recorder' },
  livekit: { repository: 'vestibule/livekit-server', upstream: 'docker.io/livekit/livekit-server' },
  livekitSip: { repository: 'vestibule/livekit-sip', upstream: 'docker.io/livekit/sip' },
};

/** In the order of `repositories`. */
export const imageNames = Object.keys(repositories) as ImageName[];
