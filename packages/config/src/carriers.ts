import { z } from 'zod';
import { name, network } from './leaves.ts';

/**
 * Twilio Elastic SIP Trunking: signalling from eight /30 ranges, media from one /18
 * (https://www.twilio.com/docs/sip-trunking/ip-addresses).
 */
export const twilioNetworks = {
  signalling: [
    '54.172.60.0/30',
    '54.244.51.0/30',
    '54.171.127.192/30',
    '35.156.191.128/30',
    '54.65.63.192/30',
    '54.169.127.128/30',
    '54.252.254.64/30',
    '177.71.206.192/30',
  ],
  media: ['168.86.128.0/18'],
};

const networks = (description: string) => z.array(network(description)).min(1).meta({ description });

const named = name('Appears in the record of each call, in metrics and as X-Vestibule-Carrier', 'twilio');

/** Each kind is a set of headers and refusal codes that the edge knows; only Twilio's is known so far. */
export const carrierSchema = z.strictObject({
  name: named,
  kind: z.literal('twilio').meta({ description: 'Whose SIP this is', examples: ['twilio'] }),
  transport: z
    .enum(['any', 'tls'])
    .default('any')
    .meta({ description: 'What its SIP may come by; `tls` refuses UDP and TCP', examples: ['tls'] }),
  srtp: z
    .enum(['accept', 'require'])
    .default('accept')
    .meta({
      description:
        'Calls without SRTP: accept them, or refuse them (`require`, which needs `transport: tls`)',
      examples: ['require'],
    }),
  transcode: z
    .array(z.enum(['G722', 'G723', 'G729', 'GSM', 'opus']))
    .default([])
    .meta({
      description:
        'Codecs that this carrier may offer without PCMU or PCMA: RTPEngine turns them into PCMU, at the price of its processor. such a call is not restored when RTPEngine is restarted',
      examples: [['G729']],
    }),
  signalling: networks('Networks that SIP of this carrier comes from').prefault(twilioNetworks.signalling),
  media: networks('Networks that RTP of this carrier comes from').prefault(twilioNetworks.media),
});
