import type { EdgeHostErrorCode } from '../edge-host.ts';
import type { ForkErrorCode } from '../forks/errors.ts';
import type { AuthoriseErrorCode } from './authorise.ts';
import type { RequestErrorCode } from './routes.ts';

const statuses: Record<EdgeHostErrorCode | ForkErrorCode | AuthoriseErrorCode | RequestErrorCode, number> = {
  'invalid-request': 400,
  'missing-grant': 403,
  'malformed-token': 403,
  'bad-signature': 403,
  'expired-token': 403,
  'other-zone': 403,
  'other-verb': 403,
  'other-call': 403,
  'consumer-refused': 403,
  'unknown-route': 404,
  'unknown-call': 404,
  'unknown-subscription': 404,
  'method-not-allowed': 405,
  'unanswered-call': 409,
  'restored-call': 409,
  'too-many-subscriptions': 409,
  'kamailio-silent': 502,
  'rtpengine-refused': 502,
  'rtpengine-silent': 504,
};

/** The HTTP status of an error's code; 500 for what nobody foresaw. */
export function statusOf(code: string): number {
  return (statuses as Record<string, number>)[code] ?? 500;
}
