import type { Clock } from './clock.ts';
import { redact } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
const ranks: Record<LogLevel, number> = { debug: 10, info: 20, warn: 30, error: 40 };

/** Messages are constant strings; everything that varies goes in fields, which pass the redactor. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  /** The same logger with `fields` on every line. */
  with(fields: Record<string, unknown>): Logger;
}

/** JSON lines on stderr. */
export function jsonLogger(
  app: string,
  options: { level?: LogLevel; clock?: Pick<Clock, 'now'>; write?: (line: string) => void } = {},
): Logger {
  const { level = 'info', clock = Date, write = (line) => process.stderr.write(line) } = options;
  const make = (base: Record<string, unknown>): Logger => {
    const at =
      (rank: LogLevel) =>
      (message: string, fields: Record<string, unknown> = {}) => {
        if (ranks[rank] < ranks[level]) return;
        const time = new Date(clock.now()).toISOString();
        write(`${JSON.stringify({ time, level: rank, app, message, ...redact({ ...base, ...fields }) })}\n`);
      };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      with: (fields) => make({ ...base, ...fields }),
    };
  };
  return make({});
}
