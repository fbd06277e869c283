import type { Config } from '@vestibule/config';
import type { Clock } from '@vestibule/core';
import { isKamailioUp, isRtpengineUp } from '../health.ts';
import { type RenderOptions, renderEdge } from '../render.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { callsUp, isDraining } from './drain.ts';
import { planChanges } from './plan.ts';
import { rpc } from './rpc.ts';

/** One edge host, as whoever is on call wants to see it. */
export interface EdgeStatus {
  zone: string;
  isKamailioUp: boolean;
  isRtpengineUp: boolean;
  /** From here on only when Kamailio is up. */
  isDraining?: boolean;
  callsUp?: number;
  /** LiveKit SIP services: `active`, `inactive`, `disabled` or `trying`, as Kamailio's probes have it. */
  targets?: { uri: string; state: string }[];
  /** Strangers who are not listened to. */
  banned?: number;
  certificate?: Certificate;
  /** What is wrong, a line each, with the remedy. */
  faults: string[];
  /** Files that are not what the config renders. */
  changed: string[];
}

/** A certificate is renewed before it has fewer days left, ms. */
const renewalMs = 14 * 86_400_000;

export async function edgeStatus(
  config: Config,
  { paths, timers, clock }: RenderOptions & { clock: Clock },
): Promise<EdgeStatus> {
  const { zone, public: outer } = config.edge;
  const [kamailio, rtpengine, changes, tls] = await Promise.all([
    isKamailioUp(paths),
    isRtpengineUp(config),
    planChanges(renderEdge(config, { paths, ...(timers && { timers }) }).files, paths),
    outer.tls === undefined ? undefined : readCertificate(outer.tls, clock.now()),
  ]);
  const live = kamailio ? await kamailioStatus(paths) : undefined;
  const expiring = tls?.certificate && tls.certificate.validUntil.getTime() - clock.now() < renewalMs;
  return {
    zone,
    isKamailioUp: kamailio,
    isRtpengineUp: rtpengine,
    ...live,
    ...(tls?.certificate && { certificate: tls.certificate }),
    faults: [
      ...(kamailio ? [] : ['Kamailio does not answer: systemctl status vestibule-kamailio']),
      ...(rtpengine ? [] : ['RTPEngine does not answer: systemctl status vestibule-rtpengine']),
      ...(live && !live.targets.some(({ state }) => state === 'active')
        ? ['No LiveKit SIP service answers: new calls get 503. Look at the services and the way to them']
        : []),
      ...(tls?.faults ?? []),
      ...(expiring ? [`${outer.tls?.certificate ?? ''}: expires in less than 14 days. Renew it`] : []),
    ],
    changed: changes.map(({ path }) => path),
  };
}

/** What a running Kamailio says of itself. @throws CodedError as `rpc` */
export async function kamailioStatus(paths: RenderOptions['paths']) {
  const [draining, calls, targets, bans] = await Promise.all([
    isDraining(paths),
    callsUp(paths),
    rpc(paths, 'dispatcher.list').catch(() => ''),
    rpc(paths, 'htable.dump', 'ban'),
  ]);
  return {
    isDraining: draining,
    callsUp: calls,
    targets: targetsIn(targets),
    banned: bans.match(/name:/g)?.length ?? 0,
  };
}

/** `URI: sip:10.0.2.11:5060 …  FLAGS: AP`: Active, Inactive, Disabled, Trying; P: probed. */
export function targetsIn(list: string): { uri: string; state: string }[] {
  const states: Record<string, string> = { A: 'active', I: 'inactive', D: 'disabled', T: 'trying' };
  return [...list.matchAll(/URI: (\S+)[\s\S]*?FLAGS: (\w)/g)].map(([, uri = '', flag = '']) => ({
    uri,
    state: states[flag] ?? flag,
  }));
}
