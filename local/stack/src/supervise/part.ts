import type { Endpoint } from '../ports.ts';

/** Resolves to true once the part serves. Called again and again; must not throw for "not yet". */
export type Probe = (signal: AbortSignal) => Promise<boolean>;

interface Named {
  /** Short, also the log file's name: `redis-log`. */
  readonly name: string;
  /** What a person reads. */
  readonly title: string;
  /** Names of the parts that must be ready before this one starts. */
  readonly after: readonly string[];
  /** Names of further parts that it works with until its own end: they stop after it, but it does not wait for them to start. */
  readonly uses?: readonly string[];
}

/** A process that runs as long as the stack does. */
export interface ProcessPart extends Named {
  readonly kind: 'process';
  readonly command: string;
  readonly args: readonly string[];
  /** Added to what every part inherits. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Name of a network namespace of this machine's (ip-netns(8)); without it, the machine's own. */
  readonly namespace?: string;
  /** Checked to be free before anything starts. */
  readonly endpoints: readonly Endpoint[];
  readonly ready: Probe;
  /** ms. */
  readonly readyWithin?: number;
  /** Pause before it is started again when it has ended by itself, ms. */
  readonly restartAfter?: number;
  /** ms from SIGTERM to SIGKILL. */
  readonly stopWithin?: number;
  /**
   * The signal that the kernel sends when the launcher dies without a word. SIGKILL where the part has no children
   * of its own, SIGTERM where it must end them.
   */
  readonly onLauncherDeath?: 'SIGKILL' | 'SIGTERM';
  /** Set for what stands in for something real: what that is. */
  readonly standsInFor?: string;
}

/** Something done once while the stack starts, such as making a bucket. */
export interface TaskPart extends Named {
  readonly kind: 'task';
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export type Part = ProcessPart | TaskPart;

/** @throws RangeError for an unknown name in `after`, a name given twice, or a circle. Returns them in an order that works. */
export function inStartOrder(parts: readonly Part[]): Part[] {
  return inOrder(parts, ({ after }) => after);
}

/** Each part before whatever it came after or uses. @throws RangeError as `inStartOrder`, for `uses` as well. */
export function inStopOrder(parts: readonly Part[]): Part[] {
  return inOrder(parts, needs).reverse();
}

/** What must outlive a part. */
export function needs({ after, uses = [] }: Part): readonly string[] {
  return [...after, ...uses];
}

function inOrder(parts: readonly Part[], before: (part: Part) => readonly string[]): Part[] {
  const byName = new Map(parts.map((part) => [part.name, part]));
  if (byName.size !== parts.length) throw new RangeError('two parts have the same name');
  const ordered = new Set<Part>();
  const visit = (part: Part, path: readonly string[]): void => {
    if (ordered.has(part)) return;
    if (path.includes(part.name))
      throw new RangeError(`parts wait for each other: ${[...path, part.name].join(' → ')}`);
    for (const name of before(part)) {
      const earlier = byName.get(name);
      if (!earlier) throw new RangeError(`${part.name} waits for ${name}, which is not a part`);
      visit(earlier, [...path, part.name]);
    }
    ordered.add(part);
  };
  for (const part of parts) visit(part, []);
  return [...ordered];
}
