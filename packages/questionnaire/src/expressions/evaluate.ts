import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

/**
 * FHIRPath by NLM's fhirpath.js, kept behind this module: no clock (the day is passed in), no network (what would ask
 * a server throws), and no more work than the budget allows.
 */

/** Parts of expressions that may still be evaluated. Counted rather than timed, so that replays agree. */
export interface Budget {
  left: number;
}

export interface Surroundings {
  /** `YYYY-MM-DD`; `today()` fails without it. */
  today: string | undefined;
  variables: Readonly<Record<string, unknown>>;
  budget: Budget;
}

export type NodePath = 'QuestionnaireResponse' | 'QuestionnaireResponse.item' | 'Questionnaire.item';

export type Evaluation = { ok: true; values: unknown[] } | { ok: false; problem: string };

/** Enough for one expression over a response of some thousand answers; about a second. */
const mostParts = 300_000;
/** `repeat($this + 1)` has no end and grows slower as it goes; over a path, `repeat(item)`, it ends with the tree. */
const mostOpenEndedParts = 10_000;
const openEnded = /\brepeat\s*\((?!\s*[\w.\s|]+\))/;

type Compiled = (node: unknown, variables: Record<string, unknown>) => unknown;

const compiled = new Map<string, Compiled>();
const literals = new Map<string, unknown>();
/** What the evaluation under way may use; evaluation is synchronous and never nested but through here. */
let current: Surroundings | undefined;

/** Why the text is no FHIRPath; undefined when it is. */
export function expressionProblem(expression: string): string | undefined {
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    // What the parser would have liked instead is a list of all its tokens.
    return (error as Error).message.split('\n')[0]?.replace(/ expecting \{.*$/, '');
  }
}

/**
 * Never throws. `node` is where the expression stands: a response, or an item of one (`path` says which). `raw` values
 * keep the library's types, for use in other expressions.
 */
export function evaluate(
  expression: string,
  node: { data: object; path: NodePath },
  surroundings: Surroundings,
  raw = false,
): Evaluation {
  const outer = current;
  const allowed = openEnded.test(expression) ? mostOpenEndedParts : mostParts;
  const budget = { left: Math.min(allowed, surroundings.budget.left) };
  const given = budget.left;
  current = { ...surroundings, budget };
  try {
    const { data, path } = node;
    // A copy of the variables: the library adds its own.
    const values = compile(expression, path, raw)(data, { ...surroundings.variables });
    return { ok: true, values: Array.isArray(values) ? (values as unknown[]) : [] };
  } catch (error) {
    return { ok: false, problem: (error as Error).message.split('\n')[0]! };
  } finally {
    current = outer;
    surroundings.budget.left -= given - budget.left;
  }
}

function compile(expression: string, path = 'QuestionnaireResponse', raw = false): Compiled {
  const key = `${raw} ${path} ${expression}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = fhirpath.compile(
    path === 'QuestionnaireResponse' ? expression : { base: path, expression },
    r4,
    options(raw),
  ) as unknown as Compiled;
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, made);
  return made;
}

const mostCompiled = 5_000;

/** Made anew for each expression: the library changes the table it is given. */
function options(raw: boolean) {
  return {
    resolveInternalTypes: !raw,
    debugger: spend,
    userInvocationTable: {
      today: { fn: () => literal(`@${day()}`), arity: { 0: [] }, internalStructures: true },
      now: { fn: () => literal(`@${day()}T00:00:00Z`), arity: { 0: [] }, internalStructures: true },
    },
  } as unknown as NonNullable<Parameters<typeof fhirpath.compile>[2]>;
}

function spend(): void {
  if (current && current.budget.left-- <= 0) throw new Error('takes too long');
}

function day(): string {
  if (current?.today === undefined) throw new Error('the day of the call is not known');
  return current.today;
}

function literal(text: string): unknown {
  const known = literals.get(text);
  if (known !== undefined) return known;
  const made: unknown = fhirpath.evaluate({}, text, {}, r4, { resolveInternalTypes: false });
  if (literals.size > 100) literals.clear();
  literals.set(text, made);
  return made;
}
