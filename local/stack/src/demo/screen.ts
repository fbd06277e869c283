import type { Terminal } from '../terminal.ts';
import { cut, paint, wrap } from '../text.ts';
import type { DisplayLine } from './display.ts';

const timeWidth = 8;
const whoWidth = 10;

/** Puts lines on a terminal: hanging indent, nothing wider than it is; interim text only where it can be overwritten. */
export class Screen {
  readonly #terminal: Terminal;
  #live = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(line: DisplayLine): void {
    if (line.live && !this.#terminal.live) return;
    this.#clearLive();
    const lines = format(line, this.#terminal);
    this.#live = line.live === true;
    this.#terminal.write(this.#live ? (lines[0] ?? '') : `${lines.join('\n')}\n`);
  }

  /** Leaves the cursor on a line of its own. */
  end(): void {
    this.#clearLive();
  }

  #clearLive(): void {
    if (this.#live) this.#terminal.write('\r\u001b[K');
    this.#live = false;
  }
}

/** ` 0:12.3  agent     What is your name?` and its continuation lines. */
export function format(line: DisplayLine, terminal: Pick<Terminal, 'columns' | 'colour'>): string[] {
  const room = Math.max(20, terminal.columns - timeWidth - whoWidth - 1);
  const texts = line.live ? [cut(line.text, room)] : wrap(line.text, room);
  return texts.map((text, index) => {
    const time = index === 0 ? clock(line.atMs) : '';
    const who = index === 0 ? line.who : '';
    const head = `${paint(terminal, 'dim', time.padStart(timeWidth - 1))} ${who.padEnd(whoWidth)}`;
    return head + (line.colour ? paint(terminal, line.colour, text) : text);
  });
}

/** `1:02.3`: minutes, seconds and tenths. */
export function clock(ms: number): string {
  const tenths = Math.max(0, Math.floor(ms / 100));
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, '0')}.${rest % 10}`;
}
