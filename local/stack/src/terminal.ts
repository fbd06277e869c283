/** Where a person reads: knows its width and whether colour is welcome. */
export interface Terminal {
  readonly columns: number;
  readonly colour: boolean;
  /** True when a line may be rewritten in place. */
  readonly live: boolean;
  readonly write: (text: string) => void;
}

/** Standard output. No colour when it is no terminal, or when NO_COLOR is set (no-color.org). */
export function standardTerminal(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Terminal {
  const live = stream.isTTY && env['TERM'] !== 'dumb';
  return {
    // Some pseudo-terminals are 0 wide.
    columns: stream.isTTY ? stream.columns || 80 : 100,
    colour: live && !env['NO_COLOR'],
    live,
    write: (text) => void stream.write(text),
  };
}
