import { type Clock, CodedError } from '@vestibule/core';
import { randomBytes } from 'node:crypto';
import type { AwsCall } from './aws-call.ts';
import { type SecretVersions, secretVersions } from './secret-versions.ts';
import { stores } from './stores.ts';

/** What Secrets Manager calls with, once a step and again when a step failed. */
export interface RotationEvent {
  SecretId: string;
  /** Id of the version that is being made. */
  ClientRequestToken: string;
  Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
}

/** How long a store may take to take a password over, ms; Lambda's time-out is above it. */
const settleMs = 480_000;
const pollMs = 10_000;

/**
 * Gapless: the store takes the new password beside the one in use, and only then do apps that start get it. An app keeps its own until it
 * ends, which must be before the rotation after the next.
 * @throws CodedError `aws-refused`; `not-settled` when the store has not taken it over in time
 */
export async function rotate(call: AwsCall, clock: Clock, event: RotationEvent): Promise<void> {
  const secret = secretVersions(call, event.SecretId);
  const version = event.ClientRequestToken;
  switch (event.Step) {
    case 'createSecret':
      return create(secret, version);
    case 'setSecret':
      return set(call, secret, version);
    case 'testSecret':
      return test(call, clock, secret, version);
    case 'finishSecret':
      return secret.makeCurrent(version);
  }
}

/** Again is no fault: the version that is there stays. */
async function create(secret: SecretVersions, version: string): Promise<void> {
  if ((await secret.find(version)) !== undefined) return;
  const current = await secret.current();
  // Letters and digits: a token may have hardly anything else.
  await secret.putPending(version, { ...current, password: randomBytes(32).toString('hex') });
}

async function set(call: AwsCall, secret: SecretVersions, version: string): Promise<void> {
  const [next, current] = await Promise.all([secret.get(version), secret.current()]);
  if (next.password === current.password) return;
  await stores[next.kind].set(call, next.id, next.password, current.password);
}

async function test(call: AwsCall, clock: Clock, secret: SecretVersions, version: string): Promise<void> {
  const { kind, id } = await secret.get(version);
  const until = clock.monotonic() + settleMs;
  while (!(await stores[kind].isSettled(call, id))) {
    if (clock.monotonic() >= until) throw new CodedError('not-settled', `${kind} ${id} is not settled`);
    await clock.sleep(pollMs);
  }
}
