import type { Config } from '@vestibule/config';
import { groups, livekitServices, livekitSet, privateSocket } from './kamailio/settings.ts';

/** The permissions module's address list: group, network, prefix, port (0: any), tag. */
export function addressList(config: Config): string {
  const lines = [
    `# ${groups.carriers}: carriers, tagged with their name. ${groups.livekitSip}: LiveKit SIP, by address and port. ${groups.carrierMedia}: where carriers’ RTP comes from.`,
    '# Reload: kamcmd permissions.addressReload',
    ...config.carriers.flatMap(({ name, signalling, media }) => [
      ...networks(groups.carriers, signalling, name),
      ...networks(groups.carrierMedia, media, name),
    ]),
    ...livekitServices(config).map(({ host, port }) => `${groups.livekitSip} ${host} 32 ${port} livekit`),
  ];
  return `${lines.join('\n')}\n`;
}

const networks = (group: number, list: readonly string[], name: string): string[] =>
  list.map((network) => {
    const [address = '', prefix = '32'] = network.split('/');
    return `${group} ${address} ${prefix} 0 ${name}`;
  });

/** The dispatcher's list: set, destination, flags, priority (higher first), attributes. */
export function dispatcherList(config: Config): string {
  const targets = livekitServices(config);
  const lines = targets.map(
    ({ host, port }, index) =>
      `${livekitSet} sip:${host}:${port} 0 ${targets.length - index} socket=${privateSocket(config)}`,
  );
  return ['# LiveKit SIP services, tried from the top. Reload: kamcmd dispatcher.reload', ...lines, ''].join(
    '\n',
  );
}
