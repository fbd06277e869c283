/** Counters of Kamailio's script, by the names that packages/edge-config gives them. */
export type Counters = ReadonlyMap<string, number>;

/** Reads `kamcmd htable.dump metrics`: a `name:` line, then a `value:` line, for each. */
export function readCounters(dump: string): Counters {
  const pairs = dump.matchAll(/^\s*name: (.*)\n\s*value: (\d+)$/gm);
  return new Map([...pairs].map(([, name = '', value]) => [name, Number(value)]));
}

/** Those whose name begins with `kind/`, with the rest of it in parts: `refused/404/Not Found`. */
export function countersOf(counters: Counters, kind: string): { parts: string[]; value: number }[] {
  return [...counters].flatMap(([name, value]) => {
    const [first, ...parts] = name.split('/');
    return first === kind ? [{ parts, value }] : [];
  });
}
