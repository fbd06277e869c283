import { Logger } from '@aws-lambda-powertools/logger';
import { redact } from '@vestibule/core';

/** Powertools' logger, every value through the project's redactor. Give it constant messages and ids, never an error. */
export const logger = new Logger({
  serviceName: 'enrich',
  jsonReplacerFn: (key, value: unknown) => (/^pii/i.test(key) ? '[redacted]' : redact(value)),
});
