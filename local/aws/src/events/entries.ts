import { z } from 'zod';
import { account } from '../account.ts';
import { readMembers, validation } from '../server/members.ts';

/** The last moment that a JavaScript Date can say, in seconds. */
const lastSecond = 8.64e12;

const entrySchema = z.object({
  Time: z.number().min(-lastSecond).max(lastSecond).optional(),
  Source: z.string().default(''),
  Resources: z.array(z.string()).default([]),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  EventBusName: z
    .string()
    .min(1)
    .max(1600)
    .regex(/^(?:arn:aws[\w-]*:events:[a-z0-9-]+:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/)
    .default('default'),
});
export type Entry = z.infer<typeof entrySchema>;

const requestSchema = z.object({ Entries: z.array(entrySchema).min(1).max(10) });

/** An event as EventBridge hands it to a target. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Why one entry of several was not taken. */
export interface Failure {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** 256 KB, over all entries of a request. */
const largestRequest = 262_144;

/** @throws ServiceError for what fails the request as a whole. */
export function readEntries(input: unknown): readonly Entry[] {
  const { Entries: entries } = readMembers(requestSchema, input);
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > largestRequest) {
    throw validation('Total size of the entries in the request is over the limit.');
  }
  return entries;
}

/** Bytes, as the EventBridge user guide counts them. */
export function sizeOf({ Time, Source, DetailType, Detail, Resources }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}

/** The event that an entry asks for, or why there is none. */
export function eventOf(
  entry: Entry,
  { id, region, now }: { id: string; region: string; now: number },
): BusEvent | Failure {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[name] !== '') continue;
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    };
  }
  if (entry.Source.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  const detail = parseObject(entry.Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const at = entry.Time === undefined ? now : entry.Time * 1000;
  return {
    version: '0',
    id,
    'detail-type': entry.DetailType,
    source: entry.Source,
    account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: entry.Resources,
    detail,
  };
}

/** The name at the end of a bus's ARN, or the name itself. */
export function busOf({ EventBusName: name }: Entry): string {
  return name.replace(/^arn:.*:event-bus\//, '');
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return z.record(z.string(), z.unknown()).safeParse(value).data;
  } catch {
    return undefined;
  }
}
