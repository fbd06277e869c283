import type { ParsedAnswer } from '../types.ts';
import { intentOf } from './intent.ts';
import { tokenize } from './tokens.ts';

/**
 * The caller's own words. Never `covered`: any words fit a free text, so nothing tells an answer from an aside, and
 * the fast lane must not take it. Empty words and questions back are refused.
 */
export function parseText(words: string): ParsedAnswer {
  const value = words.trim().replace(/\s+/g, ' ');
  if (tokenize(value).length === 0 || intentOf(value) !== undefined) {
    return { ok: false, code: 'not-understood', problem: 'I did not catch an answer.' };
  }
  return { ok: true, value, display: value, covered: false, unused: [] };
}
