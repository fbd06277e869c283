import { createHash } from 'node:crypto';
import { canonicalJson } from '@vestibule/core';

/** sha256 (hex) of what an answer is taken under, so that a record names it: of its canonical JSON. */
export const versionOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');
