import { z } from 'zod';

/** The part of S3's event that we look into; the rest is passed on as it came. */
const record = z.looseObject({
  eventName: z.string(),
  s3: z.looseObject({
    bucket: z.looseObject({ name: z.string() }),
    object: z.looseObject({ key: z.string() }),
  }),
});
const notification = z.looseObject({ Records: z.array(record).default([]) });

export type S3Notification = z.infer<typeof notification>;

/**
 * versitygw's webhook body as AWS would hand it to the Lambda: only created objects whose key ends with `suffix`, event
 * names without `s3:`, keys form-encoded (both as in AWS's "Event message structure"). Undefined when nothing is left.
 */
export function lambdaEvent(body: unknown, suffix: string): S3Notification | undefined {
  const parsed = notification.safeParse(body);
  if (!parsed.success) return undefined;
  const records = parsed.data.Records.filter(
    ({ eventName, s3 }) => eventName.includes('ObjectCreated:') && s3.object.key.endsWith(suffix),
  ).map((one) => ({
    ...one,
    eventName: one.eventName.replace(/^s3:/, ''),
    s3: { ...one.s3, object: { ...one.s3.object, key: formEncoded(objectKey(one.s3)) } },
  }));
  return records.length === 0 ? undefined : { ...parsed.data, Records: records };
}

/** versitygw may put the bucket in front of the key. */
function objectKey({ bucket, object }: S3Notification['Records'][number]['s3']): string {
  const prefix = `${bucket.name}/`;
  return object.key.startsWith(prefix) ? object.key.slice(prefix.length) : object.key;
}

function formEncoded(key: string): string {
  return key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/');
}
