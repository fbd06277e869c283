import { z } from 'zod';
import { element, instant, text, uri } from './datatypes.ts';

const entry = element({
  fullUrl: uri.optional(),
  resource: z.looseObject({ resourceType: z.string() }).optional(),
  request: element({
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']),
    url: uri,
    ifNoneMatch: text.optional(),
    ifModifiedSince: instant.optional(),
    ifMatch: text.optional(),
    ifNoneExist: text.optional(),
  }),
});

/** A Bundle that may be posted to the base: of type transaction, with a request in each entry (bdl-3). */
export const transactionBundle = z.strictObject({
  resourceType: z.literal('Bundle'),
  id: text.optional(),
  meta: z.looseObject({}).optional(),
  type: z.literal('transaction'),
  timestamp: instant.optional(),
  entry: z.array(entry).min(1, 'is an empty list').max(500),
});
export type TransactionEntry = z.infer<typeof entry>;
