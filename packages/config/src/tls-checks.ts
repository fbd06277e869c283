import type { CrossFault, Read } from './cross-checks.ts';

/** Encryption is asked for only where the edge can give it, and keys never travel in clear. */
export function tlsFaults(read: Read): CrossFault[] {
  const outer = read('edge')?.public;
  const clash = outer?.tls !== undefined && outer.tls.port === outer.sip;
  return [
    ...(clash
      ? [
          {
            path: ['edge', 'public', 'tls', 'port'],
            message: `${outer.sip} is the port of edge.public.sip`,
            remedy: 'SIP over TLS has a port of its own: 5061',
          },
        ]
      : []),
    ...(read('carriers') ?? []).flatMap(({ transport, srtp }, index) => [
      ...(transport === 'tls' && outer !== undefined && outer.tls === undefined
        ? [
            {
              path: ['carriers', index, 'transport'],
              message: 'asks for TLS, which edge.public does not have',
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
