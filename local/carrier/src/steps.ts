/** What the person does, in order. */
export type Step =
  | { kind: 'pause'; ms: number }
  | { kind: 'say'; text: string }
  | { kind: 'keys'; digits: string }
  /** A machine's. */
  | { kind: 'tone'; hz: number; ms: number }
  | { kind: 'hangUp' };

/** `my name is (pause 800) Ann` → say, pause, say. */
export function spoken(text: string): Step[] {
  return text
    .split(/(\(pause \d+\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): Step => {
      const pause = /^\(pause (\d+)\)$/.exec(part)?.[1];
      return pause === undefined ? { kind: 'say', text: part } : { kind: 'pause', ms: Number(pause) };
    });
}
