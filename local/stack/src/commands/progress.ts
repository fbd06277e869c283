import type { StackEvent } from '../supervise/supervisor.ts';

/** One line for what a person wants to know of a start; nothing for the rest. */
export function progressLine(event: StackEvent): string | undefined {
  switch (event.kind) {
    case 'ready': {
      const standIn = event.part.kind === 'process' && event.part.standsInFor ? '  (stand-in)' : '';
      return `  ✓ ${event.part.title} (${seconds(event.ms)})${standIn}`;
    }
    case 'exited':
      return `  ✗ ${event.reason}`;
    case 'restarted':
      return `  ✓ ${event.part.title} runs again (${seconds(event.ms)})`;
    case 'starting':
    case 'stopped':
      return undefined;
  }
}

/** `0.4 s`, `12 s`. */
export function seconds(ms: number): string {
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
