import type { CrossFault, Read } from './cross-checks.ts';
import { edgesOf } from './edge-checks.ts';

/** Encryption is asked for only where every edge can give it, and keys never travel in clear. */
export function tlsFaults(read: Read): CrossFault[] {
  const edges = edgesOf(read);
  const without = edges.find(({ edge }) => edge.public.tls === undefined);
  return [
    ...edges.flatMap(({ edge: { public: outer }, path }) =>
      outer.tls?.port === outer.sip
        ? [
            {
              path: [...path, 'public', 'tls', 'port'],
              message: `${outer.sip} is the port of edge.public.sip`,
              remedy: 'SIP over TLS has a port of its own: 5061',
            },
          ]
        : [],
    ),
    ...(read('carriers') ?? []).flatMap(({ transport, srtp }, index) => [
      ...(transport === 'tls' && without !== undefined
        ? [
            {
              path: ['carriers', index, 'transport'],
              message: `asks for TLS, which ${without.path.length === 1 ? 'edge.public' : `zone ${without.edge.zone}`} does not have`,
              remedy: 'Name certificate and key under edge.public.tls',
            },
          ]
        : []),
      ...(srtp === 'require' && transport !== 'tls'
        ? [
            {
              path: ['carriers', index, 'srtp'],
              message: 'asks for SRTP, whose keys UDP and TCP would carry in clear',
              remedy: 'Write transport: tls as well',
            },
          ]
        : []),
    ]),
  ];
}
