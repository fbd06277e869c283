/**
 * A regex of a questionnaire, for a whole answer; undefined when it is none. Those of other dialects are understood as far
 * as JavaScript can: needless escapes (`\\-`), and `(?i)` in front.
 */
export function patternOf(pattern: string): RegExp | undefined {
  const [, ignoring, plain = ''] = /^(\^?\(\?i\))?(.*)$/s.exec(pattern) ?? [];
  const flags = ignoring === undefined ? '' : 'i';
  for (const flag of [`u${flags}`, flags]) {
    try {
      return new RegExp(`^(?:${plain})$`, flag);
    } catch {
      // Stricter with `u`: tried without it.
    }
  }
  return undefined;
}
