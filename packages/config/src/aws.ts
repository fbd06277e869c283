import { z } from 'zod';
import * as leaf from './leaves.ts';

/** A place outside the VPC that is reached without the internet. */
const behindGateway = (description: string) =>
  z
    .strictObject({
      gateway: z
        .string()
        .regex(/^tgw-[0-9a-f]{17}$/, 'is not a transit gateway')
        .meta({ description: 'Transit gateway that leads there', examples: ['tgw-0123456789abcdef0'] }),
      networks: z
        .array(leaf.network('A network behind it'))
        .min(1)
        .meta({ description: 'Networks behind it', examples: ['10.50.0.0/16'] }),
    })
    .meta({ description });

/** What infra/ needs besides; one machine has no use for it. */
export const awsSchema = z.strictObject({
  size: z.enum(['dev', 'prod']).default('prod').meta({
    description:
      '`prod`: as many hosts as a death may take, and every guard on; `dev`: one of each, and nothing outlives the stack but keys and archive',
  }),
  network: z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}\.0\.0\/16$/, 'is not a /16 network')
    .meta({ description: 'Network of the VPC; a zone takes eight /24 of it', examples: ['10.20.0.0/16'] }),
  backend: behindGateway('The enterprise’s own systems'),
});
