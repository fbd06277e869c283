import { z } from 'zod';
import { awsSchema } from './aws.ts';
import { callBacksSchema } from './call-backs.ts';
import { carrierSchema } from './carriers.ts';
import * as leaf from './leaves.ts';
import { modelsSchema } from './models.ts';
import { outboundSchema } from './outbound.ts';
import { staffSchema } from './staff.ts';
import { toolsSchema } from './tools.ts';

const listOf = <T extends z.ZodType>(item: T, description: string) =>
  z.array(item).default([]).meta({ description });

const sentence = (description: string, example: string) =>
  z
    .string()
    .trim()
    .min(1)
    .meta({ description, examples: [example] });

/** Where Debian's ca-certificates puts them. */
const authorities = '/etc/ssl/certs/ca-certificates.crt';

const organisation = z.strictObject({
  name: sentence('How the organisation is called, as the agent says it', 'Lakeside Family Clinic'),
  person: sentence(
    'How to reach a person, as the agent says it',
    'the front desk at five five five, zero one hundred',
  ),
  timezone: leaf.timeZone('IANA time zone of the organisation: what "today" means').default('UTC'),
});

const tls = z.strictObject({
  port: leaf.port('TCP port for SIP over TLS').default(5061),
  certificate: leaf.file(
    'PEM file: the certificate of this edge, then its intermediates',
    '/etc/vestibule/tls/fullchain.pem',
  ),
  key: leaf.file('PEM file: the certificate’s private key', '/etc/vestibule/tls/key.pem'),
  authorities: leaf
    .file(
      'PEM file: authorities that a carrier’s certificate must come from when we connect to it',
      authorities,
    )
    .default(authorities),
});

const control = z.strictObject({
  port: leaf.port('TCP port of edge/control (HTTPS), on the private address').default(8443),
  certificate: leaf.file(
    'PEM file: the certificate of this edge’s control, for its private address',
    '/etc/vestibule/control/cert.pem',
  ),
  key: leaf.file('PEM file: that certificate’s private key', '/etc/vestibule/control/key.pem'),
  authorities: leaf.file(
    'PEM file: authorities that a client’s certificate must come from',
    '/etc/vestibule/control/ca.pem',
  ),
  grants: leaf.file(
    'PEM file: the public key (Ed25519) that grants are signed with',
    '/etc/vestibule/control/grants.pem',
  ),
  consumers: z
    .array(leaf.network('A network of the app tier'))
    .min(1)
    .meta({ description: 'Networks that a copy of the RTP may be sent to', examples: ['10.20.2.0/24'] }),
});

const edge = z.strictObject({
  zone: leaf.name('Availability zone of this edge; becomes X-Vestibule-Zone', 'use1-az1'),
  public: z.strictObject({
    address: leaf.ipv4('Address of the carrier-facing interface (on AWS the private one behind the EIP)'),
    advertise: leaf.ipv4('Address that the carrier sees (on AWS the EIP)').optional(),
    sip: leaf.port('UDP and TCP port for SIP').default(5060),
    tls: tls.optional().meta({ description: 'SIP over TLS 1.2 and later, SRTP by SDES; without it, no TLS' }),
    rtp: leaf.portRange('UDP ports for RTP, both ends included').prefault('10000-20000'),
  }),
  private: z.strictObject({
    address: leaf.ipv4('Address of the interface towards the app tier'),
    sip: leaf.port('UDP port for SIP towards LiveKit SIP').default(5060),
    control: leaf.port('UDP port of RTPEngine’s NG protocol, on the private address').default(2223),
    store: leaf.url('Redis for RTPEngine’s call state', 'rediss://edge-store.internal:6379', [
      'rediss:',
      'redis:',
    ]),
    authorities: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'PEM file on the edge host: authorities of the store’s certificate, where the machine’s own do not do',
        examples: ['/etc/vestibule/tls/store.pem'],
      }),
  }),
  livekitSip: z
    .array(leaf.hostPort('A LiveKit SIP service'))
    .min(1)
    .meta({ description: 'LiveKit SIP services in order of preference' }),
  control: control.optional().meta({
    description: 'edge/control: forks of the media for the app tier; without it, none',
  }),
});

const number = z.strictObject({
  number: leaf.e164('The dialled number'),
  questionnaire: leaf.name('Name of the questionnaire’s file, without its ending', 'new-patient'),
  attestation: z
    .enum(['mark', 'refuse'])
    .default('mark')
    .meta({
      description:
        'What happens to calls without STIR/SHAKEN attestation A: mark them unverified, or refuse them',
      examples: ['mark'],
    }),
});

const callers = z.strictObject({
  allow: listOf(leaf.e164('A caller'), 'Callers who count as verified when attested A'),
  deny: listOf(leaf.e164('A caller'), 'Callers who are always refused'),
});

const rates = z.strictObject({
  perSource: leaf.rate('New calls from one carrier address').prefault('30/s'),
  perCaller: leaf.rate('New calls from one caller').prefault('5/60s'),
  perNumber: leaf.rate('New calls to one dialled number').prefault('10/s'),
  concurrent: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .meta({ description: 'Calls at one time through this edge', examples: [100] }),
});

const hearing = z.strictObject({
  send: z
    .enum(['speech', 'all'])
    .default('speech')
    .meta({
      description:
        'What of a caller’s line Transcribe gets: the speech on it, or all (it bills what it gets); another recogniser gets all',
      examples: ['speech'],
    }),
  preRoll: z
    .number()
    .min(0.2)
    .max(2)
    .default(0.5)
    .meta({ description: 'Seconds of the line before speech that go out with it', examples: [0.5] }),
  hangover: z
    .number()
    .min(0.5)
    .max(5)
    .default(1)
    .meta({
      description:
        'Seconds of the line after speech that go out with it, and more until the final transcript has come',
      examples: [1],
    }),
});

const agent = z.strictObject({
  models: modelsSchema,
  hearing: hearing.prefault({}).meta({ description: 'What goes to speech to text' }),
  firstToken: z
    .number()
    .min(0.3)
    .max(5)
    .default(1.2)
    .meta({
      description:
        'Seconds until a language model must have begun to answer; then the next in the list is asked',
      examples: [1.2],
    }),
  endpoints: z
    .record(z.string(), leaf.url('Base URL', 'https://api.openai.com/v1', ['https:', 'http:', 'wss:', 'ws:']))
    .default({})
    .meta({
      description:
        'Base URL of each plugin that heeds one (openai, deepgram, elevenlabs, cartesia), as the plugin takes it',
    }),
  vocabulary: leaf.name('Transcribe custom vocabulary', 'intake-en').optional(),
  languageModel: leaf.name('Transcribe custom language model', 'intake-en').optional(),
  calls: z
    .int()
    .min(1)
    .max(4)
    .default(4)
    .meta({ description: 'Calls per worker process', examples: [4] }),
  resumeMinutes: z
    .int()
    .min(0)
    .max(720)
    .default(60)
    .meta({
      description:
        'A verified caller who was cut off and calls again within so many minutes is asked whether to go on; 0: never',
      examples: [60],
    }),
});

const archive = z.strictObject({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not the name of a bucket')
    .meta({ description: 'S3 bucket with Object Lock', examples: ['vestibule-archive'] }),
  retention: leaf.retention('Time under Object Lock, from the end of the call').prefault('6y'),
  graceHours: z
    .int()
    .min(0)
    .max(720)
    .default(24)
    .meta({ description: 'Hours until the lock is in force', examples: [24] }),
  legalHold: listOf(
    z.string().regex(/^[\w.-]+$/, 'is not the name of a questionnaire'),
    'Questionnaires whose records are put under a legal hold when they are sealed, or `all`',
  ),
});

const recording = z.strictObject({
  format: z
    .enum(['opus', 'wav'])
    .default('opus')
    .meta({ description: 'Ogg Opus, or WAV of eight times its size', examples: ['opus'] }),
  waitSeconds: z
    .int()
    .min(1)
    .max(600)
    .default(60)
    .meta({
      description: 'Seconds that sealing a call waits for its recording; then the call is sealed without it',
      examples: [60],
    }),
});

const keyName = (description: string, example: string) =>
  z
    .string()
    .regex(/^(alias\/[\w/-]+|arn:aws[\w-]*:kms:[\w:/-]+|[0-9a-f-]{36}|mrk-[0-9a-f]{32})$/, 'is not a KMS key')
    .meta({ description, examples: [example] });

const record = z.strictObject({
  dataKey: keyName('Symmetric KMS key that wraps each call’s own key', 'alias/vestibule-record').default(
    'alias/vestibule-record',
  ),
  signingKey: keyName(
    'KMS key (ECC_NIST_P256) that certifies workers’ keys',
    'alias/vestibule-signer',
  ).default('alias/vestibule-signer'),
  anchor: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'File with the signing key’s public key (PEM), relative to this file: what records are verified against',
      examples: ['trust-anchor.pem'],
    }),
});

const enrich = z.strictObject({
  fhir: leaf
    .url('Base URL of the FHIR R4 server that gets each intake', 'https://fhir.internal/r4', [
      'https:',
      'http:',
    ])
    .optional(),
  eventBus: z
    .string()
    .regex(
      /^(arn:aws[\w-]*:events:[a-z0-9-]+:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]{1,256}$/,
      'is not the name or the ARN of an event bus',
    )
    .optional()
    .meta({
      description: 'EventBridge bus that gets an event for each enriched call, by name or ARN',
      examples: ['vestibule'],
    }),
});

export const configSchema = z.strictObject({
  version: z.literal(1).meta({ description: 'Version of this file’s format', examples: [1] }),
  tenant: leaf.name('Whose calls these are; first part of every key in the archive', 'lakeside'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is not an AWS region')
    .meta({ description: 'AWS region', examples: ['us-east-1'] }),
  organisation: organisation.meta({ description: 'What the agent says about whom it answers for' }),
  carriers: z.array(carrierSchema).min(1).meta({ description: 'Carriers that may reach the edge' }),
  edge: edge.meta({ description: 'One zone’s Kamailio and RTPEngine' }),
  otherZones: listOf(
    edge.meta({ description: 'Another zone’s Kamailio and RTPEngine, as under `edge`' }),
    'The edges of the other zones: calls fail over to their LiveKit SIP services and RTPEngine',
  ),
  numbers: z.array(number).min(1).meta({ description: 'Dialled numbers; all others get 404' }),
  callers: callers.prefault({}).meta({ description: 'Allow and deny lists of callers' }),
  rates: rates.prefault({}).meta({ description: 'COUNT/[N](s|m|h); above them new calls are refused' }),
  outbound: outboundSchema
    .optional()
    .meta({ description: 'Calls to staff and call-backs; without it LiveKit SIP may call nobody' }),
  staff: staffSchema
    .optional()
    .meta({ description: 'Who takes callers over; without it, word is left for staff and the call ends' }),
  callBacks: callBacksSchema
    .optional()
    .meta({ description: 'Callers who were cut off or asked for it are called back; without it, nobody is' }),
  questionnaires: z
    .string()
    .min(1)
    .meta({
      description: 'Directory of the questionnaires, relative to this file',
      examples: ['examples/questionnaires'],
    }),
  agent: agent.meta({ description: 'The voice agent' }),
  egress: listOf(leaf.hostname('A host'), 'Hosts outside the VPC that may be reached'),
  tools: toolsSchema.meta({ description: 'What the model may do' }),
  archive: archive.meta({ description: 'Where the record of each call rests' }),
  recording: recording.optional().meta({
    description: 'Audio of calls whose caller consented, by apps/recorder; without it, no audio is kept',
  }),
  enrich: enrich.prefault({}).meta({ description: 'Where enriched calls go besides search and backend' }),
  record: record.prefault({}).meta({ description: 'The keys of the record' }),
  aws: awsSchema.optional().meta({ description: 'What the deployment on AWS needs besides (infra/)' }),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A deployment, validated, with its defaults, frozen. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;
