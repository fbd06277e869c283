import type { S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '@vestibule/core';
import { keysUnder, type Manifest, manifestSchema, readObject } from '@vestibule/record';
import { type IntakeRow, responseRows } from './response-rows.ts';

/** What the archive holds of a sealed call. */
export interface SealedCall {
  readonly manifest: Manifest;
  readonly rows: readonly IntakeRow[];
  readonly keys: readonly string[];
}

/** Waits until the call's manifest, its last object, is there, then reads the call. Undefined after `limitMs`. */
export async function awaitSealed(
  client: S3Client,
  { bucket, prefix }: { bucket: string; prefix: string },
  { clock, limitMs, signal }: { clock: Clock; limitMs: number; signal: AbortSignal },
): Promise<SealedCall | undefined> {
  const deadline = clock.monotonic() + limitMs;
  const read = (name: string) => readObject({ client, bucket }, `${prefix}/${name}`);
  let manifest = await read('manifest.json');
  while (manifest === undefined && clock.monotonic() < deadline && !signal.aborted) {
    await clock.sleep(200, signal);
    manifest = await read('manifest.json');
  }
  if (manifest === undefined) return undefined;
  return {
    manifest: manifestSchema.parse(JSON.parse(manifest)),
    rows: responseRows(JSON.parse((await read('response.json')) ?? '{}') as unknown),
    keys: await keysUnder({ client, bucket }, `${prefix}/`),
  };
}

/** Waits until `ready` gives true; false after `limitMs`. */
export async function eventually(
  ready: () => Promise<boolean>,
  { clock, limitMs, signal }: { clock: Clock; limitMs: number; signal: AbortSignal },
): Promise<boolean> {
  const deadline = clock.monotonic() + limitMs;
  while (!(await ready())) {
    if (clock.monotonic() >= deadline || signal.aborted) return false;
    await clock.sleep(200, signal);
  }
  return true;
}
