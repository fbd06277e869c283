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

/** "john dot smith at gmail dot com", "jsmith@example.com". */
export function parseEmail(words: string): ParsedAnswer {
  const written = /[^\s@]+@[^\s@]+\.[a-z]{2,}/i.exec(words)?.[0];
  const spoken = words
    .toLowerCase()
    .replace(/^.*\b(?:is|it's|email|address)\s+/, '')
    .replace(/\s+at\s+/, '@')
    .replace(/\s*\b(?:dot|period|point)\b\s*/g, '.')
    .replace(/\s*\bunderscore\b\s*/g, '_')
    .replace(/\s*\b(?:dash|hyphen)\b\s*/g, '-')
    .replace(/\s+/g, '');
  const value = (written ?? spoken).toLowerCase().replace(/[.,;!?]$/, '');
  if (!/^[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(value)) {
    return { ok: false, code: 'wrong-format', problem: 'I could not make out an email address.' };
  }
  return { ok: true, value, display: value, covered: written === words.trim(), unused: [] };
}
