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

const instance = (description: string, example: string) =>
  z
    .string()
    .regex(/^[a-z]+\d[a-z-]*\.\w+$/, 'is not an instance type')
    .meta({ description, examples: [example] });

const livekit = z.strictObject({
  serversPerZone: z
    .int()
    .min(1)
    .max(20)
    .default(1)
    .meta({ description: 'LiveKit Servers in each zone; `dev` has one in all', examples: [1] }),
  server: instance('EC2 instance type of LiveKit Server', 'c7g.xlarge').default('c7g.xlarge'),
  sip: instance('EC2 instance type of LiveKit SIP', 'c7g.large').default('c7g.large'),
});

const tasks = (what: string, least: number, most: number) =>
  z
    .strictObject({
      least: z
        .int()
        .min(1)
        .max(5000)
        .default(least)
        .meta({ description: `Fewest ${what}`, examples: [least] }),
      most: z
        .int()
        .min(1)
        .max(5000)
        .default(most)
        .meta({ description: `Most ${what}`, examples: [most] }),
    })
    .refine(({ least: from, most: to }) => from <= to, {
      path: ['least'],
      message: 'is more than most',
      when: () => true,
    })
    .prefault({})
    .meta({ description: `How many ${what} there may be` });

const replicate = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not a region')
    .meta({ description: 'Its region', examples: ['us-west-2'] }),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not a bucket')
    .meta({ description: 'Bucket there, with Object Lock', examples: ['lakeside-archive-west'] }),
  key: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/, 'is not the ARN of a KMS key')
    .meta({
      description: 'KMS key there',
      examples: ['arn:aws:kms:us-west-2:111122223333:key/12345678-1234-1234-1234-123456789012'],
    }),
});

const image = (what: string) =>
  z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'is not a digest; a tag may be another image tomorrow')
    .meta({ description: `Digest of the image of ${what}`, examples: [`sha256:${'0'.repeat(64)}`] });

const images = z.strictObject({
  agent: image('the agent'),
  mcp: image('the MCP server'),
  recorder: image('the recorder'),
  livekit: image('LiveKit Server'),
  livekitSip: image('LiveKit SIP'),
});

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
  backend: behindGateway('The enterprise’s own systems').extend({
    url: leaf
      .url('Base URL of the backend that tools and enrichment call', 'https://florizel.example.internal', [
        'https:',
      ])
      .meta({ examples: ['https://florizel.example.internal'] }),
  }),
  images: images.meta({
    description: 'The images that run, each by its digest; mirror.sh of infra/lib/images copies them',
  }),
  edge: z
    .strictObject({
      instance: instance(
        'EC2 instance type, with room for three interfaces (`large` and larger)',
        'c7g.large',
      ).default('c7g.large'),
      image: z
        .string()
        .regex(/^(ami-[0-9a-f]{8,17}|\/[\w./-]+)$/, 'is neither an AMI nor the name of an SSM parameter')
        .default('/vestibule/edge/image')
        .meta({
          description: 'AMI of edge hosts, or the SSM parameter that infra/hosts/image has written its id to',
          examples: ['ami-0123456789abcdef0'],
        }),
    })
    .prefault({})
    .meta({ description: 'Edge hosts' }),
  livekit: livekit.prefault({}).meta({ description: 'LiveKit Server and LiveKit SIP, on EC2' }),
  quotas: z
    .strictObject({
      transcribeStreams: z
        .int()
        .min(1)
        .default(25)
        .meta({
          description: 'Concurrent streams that Amazon Transcribe allows this account',
          examples: [25],
        }),
    })
    .prefault({})
    .meta({ description: 'Quotas of the account, as Service Quotas has them: what alarms are held to' }),
  agents: tasks('agent tasks, of one vCPU and `agent.calls` calls each', 2, 50),
  recorders: tasks('recorder tasks', 2, 20),
  callLog: z.enum(['elasticache', 'memorydb']).default('elasticache').meta({
    description:
      'What keeps the calls’ logs: ElastiCache for Valkey with synchronous durability, or MemoryDB where a region has no such ElastiCache',
  }),
  replicate: replicate.optional().meta({ description: 'A second region for the archive' }),
  dataTrail: z
    .boolean()
    .optional()
    .meta({ description: 'CloudTrail of every read and write in the archive and every use of a key' }),
  guardDuty: z
    .boolean()
    .optional()
    .meta({ description: 'GuardDuty with S3 protection; an account has one detector a region' }),
});
