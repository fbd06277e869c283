import { CodedError } from '@vestibule/core';

/**
 * `unknown-call`, `unknown-subscription`: RTPEngine has none of that name. `unanswered-call`: it does not have two parties yet.
 * `too-many-subscriptions`: the call has as many as one may. `consumer-refused`: RTP is not sent to that address.
 * `restored-call`: RTPEngine was restarted since the last offer; copies that there were go on, none can be made until the next offer.
 * `rtpengine-refused`, `rtpengine-silent`: what became of the question.
 */
export type ForkErrorCode =
  | 'unknown-call'
  | 'unknown-subscription'
  | 'unanswered-call'
  | 'too-many-subscriptions'
  | 'consumer-refused'
  | 'restored-call'
  | 'rtpengine-refused'
  | 'rtpengine-silent';

export class ForkError extends CodedError<ForkErrorCode> {}
