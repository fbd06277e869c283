import type { Constraint } from '../expressions/types.ts';
import { fired, redFlagsIn } from '../red-flags/match.ts';
import { displayOf } from '../speak/display-of.ts';
import type {
  AnswerValue,
  AskReason,
  Definition,
  FiredRedFlag,
  IntakeEvent,
  IntakeState,
  Item,
  ItemState,
} from '../types.ts';
import { isAlarming } from './alarm.ts';
import { type Catalogue, catalogueOf, dependantsOf, isOfAnother } from './catalogue.ts';
import { sameValue } from './compare.ts';
import { allOrAny, effectiveValues, enablementOf } from './enablement.ts';
import { withAnother } from './several.ts';
import { standing } from './standing.ts';
import type { Problem } from './validate.ts';

/** Said when the question of a red flag was answered with no. */
const notedScript = 'Thank you. I have made a note of that.';

/** A state being changed within one `advance`, with the events that tell how. Nothing of it is seen outside. */
export class Draft {
  readonly events: IntakeEvent[] = [];
  readonly definition: Definition;
  readonly state: IntakeState;

  constructor(definition: Definition, state: IntakeState) {
    this.definition = definition;
    this.state = structuredClone(state);
  }

  /** Takes a valid answer; a changed one drops what depended on the old. */
  answer(item: Item, given: { value: AnswerValue; display: string; confirmed: boolean }): void {
    const { linkId } = item;
    const { value, display, confirmed } = given;
    const catalogue = catalogueOf(this.definition, this.state);
    const before = this.state.items[linkId];
    const known = before?.status === 'answered' ? before : undefined;
    const more = item.repeats ? withAnother(item, known, given) : undefined;
    this.#settle(linkId, more ?? { status: 'answered', values: [value], display, confirmed });
    if (known && more && known.values.every((one) => more.values.includes(one))) {
      this.events.push({ kind: 'answered', linkId, value, display, confirmed });
      return;
    }
    if (!enablementOf(this.definition, this.state)(linkId)) {
      this.events.push({ kind: 'held', linkId, value, display });
    } else if (known && !known.values.some((one) => sameValue(one, value))) {
      this.events.push({ kind: 'corrected', linkId, from: known.values[0]!, value, display, confirmed });
    } else {
      this.events.push({ kind: 'answered', linkId, value, display, confirmed });
    }
    const isNew = !known?.values.some((one) => sameValue(one, value));
    if (before && isNew) this.dropDependants(linkId, catalogue);
  }

  /** One of several answers is another. */
  replace(item: Item, index: number, value: AnswerValue, confirmed: boolean): void {
    const { linkId } = item;
    const known = this.state.items[linkId];
    const from = known?.status === 'answered' ? known.values[index] : undefined;
    if (known?.status !== 'answered' || from === undefined) return;
    const values = known.values.with(index, value);
    this.#settle(linkId, { ...known, values, display: displayOf(values, item), confirmed });
    const display = displayOf([value], item);
    this.events.push({ kind: 'corrected', linkId, from, value, display, confirmed });
    this.dropDependants(linkId, catalogueOf(this.definition, this.state), index + 1);
  }

  /** "None of those": an answer without a value, unless there are some already. The event says `none`. */
  answerNone({ linkId }: Item): void {
    const before = this.state.items[linkId];
    const catalogue = catalogueOf(this.definition, this.state);
    if (before?.status === 'answered' && before.open === true) return this.close(linkId);
    const none = { display: 'None', confirmed: true };
    this.#settle(linkId, { status: 'answered', values: [], open: false, ...none });
    this.events.push({ kind: 'answered', linkId, value: 'none', ...none });
    if (before) this.dropDependants(linkId, catalogue);
  }

  /** The caller has no more to add to a repeating item. */
  close(linkId: string): void {
    const known = this.state.items[linkId];
    if (known?.status === 'answered') this.#settle(linkId, { ...known, open: false });
  }

  confirm(linkId: string): void {
    const known = this.state.items[linkId];
    if (known?.status !== 'answered') return;
    this.#settle(linkId, { ...known, confirmed: true });
    this.events.push({ kind: 'confirmed', linkId, value: known.values.at(-1)! });
  }

  /** A read-back was denied: the value is gone, and so is what depended on it. */
  reject(linkId: string): void {
    const known = this.state.items[linkId];
    if (known?.status !== 'answered') return;
    const catalogue = catalogueOf(this.definition, this.state);
    delete this.state.items[linkId];
    this.events.push({ kind: 'rejected', linkId, value: known.values.at(-1)! });
    this.dropDependants(linkId, catalogue);
  }

  /** No answer, for a reason that is kept. */
  withhold(linkId: string, status: 'declined' | 'unknown' | 'skipped'): void {
    const before = this.state.items[linkId];
    const catalogue = catalogueOf(this.definition, this.state);
    this.#settle(linkId, { status });
    this.events.push({ kind: status, linkId });
    if (before?.status === 'answered') this.dropDependants(linkId, catalogue);
  }

  /**
   * The question failed once more. As often as is allowed, and an optional item is left, a required one handed over; one
   * that may hide a red flag is handed over as such, required or not.
   */
  fail(item: Item, why: AskReason, problem?: Problem): void {
    const { linkId } = item;
    const failures = (this.state.failures[linkId] ?? 0) + 1;
    this.state.failures[linkId] = failures;
    this.state.cause = { linkId, why, ...(problem === undefined ? {} : { problem: problem.problem }) };
    if (failures < this.definition.attempts) return;
    const known = this.state.items[linkId];
    if (known?.status === 'answered' && known.confirmed) this.close(linkId);
    else if (isAlarming(this.definition, item)) this.handOver({ reason: 'red-flag', linkId });
    else if (item.required) this.handOver({ reason: 'no-usable-answer', linkId });
    else this.withhold(linkId, 'skipped');
  }

  handOver(handOver: NonNullable<IntakeState['handOver']>): void {
    if (this.state.handOver) return;
    this.state.handOver = handOver;
    this.events.push({ kind: 'handedOver', ...handOver });
  }

  invalid(linkId: string, { code, problem }: Problem): void {
    this.events.push({ kind: 'invalid', linkId, code, problem });
  }

  expressionFailed(linkId: string | undefined, expression: string, problem: string): void {
    const failed = this.state.computed?.failed ?? [];
    const name = linkId === undefined ? expression : `${expression} ${linkId}`;
    if (failed.includes(name)) return;
    const computed = this.state.computed ?? { off: [], options: {}, bounds: {}, failed: [] };
    this.state.computed = { ...computed, failed: [...failed, name] };
    this.events.push({
      kind: 'expressionFailed',
      ...(linkId === undefined ? {} : { linkId }),
      expression,
      problem,
    });
  }

  /** Tells of a broken constraint, once. */
  note({ key, human }: Constraint, linkId: string | undefined): void {
    const name = linkId === undefined ? key : `${key} ${linkId}`;
    const noted = this.state.noted ?? [];
    if (noted.includes(name)) return;
    this.state.noted = [...noted, name];
    const place = linkId === undefined ? {} : { linkId };
    this.events.push({ kind: 'noted', ...place, constraint: key, problem: human });
  }

  /** Phrase rules on the caller's words. */
  hear(words: string, partial: boolean): void {
    for (const flag of redFlagsIn(this.definition, words, { partial })) {
      // A question waits for the end of what is being said.
      if (flag.confirm === undefined) this.#flag(flag);
      else if (!partial) this.#question(flag, words);
    }
  }

  /** A red flag that somebody else found: one with a question is asked about, whoever finds it. */
  report(id: string, words: string, ask = false): void {
    const flag = this.definition.redFlags.find((one) => one.id === id);
    if (!flag) return;
    if (flag.confirm === undefined && !(ask && flag.library !== undefined)) this.#flag(fired(flag));
    else this.#question(fired(flag), words);
  }

  /** Rules on answers, once they are in. */
  examineAnswers(): void {
    const values = effectiveValues(this.definition, this.state);
    for (const flag of standing(this.definition, this.state).redFlags) {
      if (flag.when.length > 0 && allOrAny(flag.when, flag.whenBehavior, values)) this.#flag(fired(flag));
    }
  }

  /** Asked about first; said again in other words, it needs no answer. */
  #question(flag: FiredRedFlag, words: string): void {
    if (this.state.flagged.includes(flag.id)) return;
    const known = this.state.questioned?.find(({ id }) => id === flag.id);
    if (known === undefined)
      this.state.questioned = [...(this.state.questioned ?? []), { id: flag.id, words }];
    else if (![known.words, known.answer].some((said) => said !== undefined && isWithin(said, words)))
      this.#flag(flag);
  }

  /** What the caller said to the question of a red flag. A no is kept as a concern; said again later, it fires after all. */
  answerQuestion(id: string, denies: boolean, words: string | undefined): void {
    const flag = this.definition.redFlags.find((one) => one.id === id);
    if (!flag || this.state.flagged.includes(id)) return;
    if (!denies) return this.#flag(fired(flag));
    this.state.questioned = this.state.questioned!.map((one) =>
      one.id === id ? { ...one, denied: true, ...(words === undefined ? {} : { answer: words }) } : one,
    );
    const concern = {
      severity: 'concern',
      action: 'create-case',
      script: notedScript,
      denied: true,
    } as const;
    this.events.push({ kind: 'redFlag', ...fired(flag), ...concern });
  }

  #flag(flag: FiredRedFlag): void {
    if (this.state.flagged.includes(flag.id)) return;
    this.state.flagged.push(flag.id);
    this.events.push({ kind: 'redFlag', ...flag });
    if (flag.action === 'hand-over') {
      this.handOver({ reason: 'red-flag', ...(flag.linkId === undefined ? {} : { linkId: flag.linkId }) });
    }
  }

  /**
   * `catalogue`: the items as they stood before, where a change takes some away. `number`: which of several answers
   * changed, whose own items go; those of the others stay.
   */
  dropDependants(linkId: string, catalogue: Catalogue, number?: number): void {
    for (const dependant of dependantsOf(catalogue, linkId)) {
      if (number !== undefined && isOfAnother(catalogue, linkId, dependant, number)) continue;
      if (this.state.items[dependant] === undefined) continue;
      delete this.state.items[dependant];
      delete this.state.failures[dependant];
      if (!this.state.dropped.includes(dependant)) this.state.dropped.push(dependant);
      this.events.push({ kind: 'dropped', linkId: dependant, because: linkId });
    }
  }

  #settle(linkId: string, item: ItemState): void {
    this.state.items[linkId] = item;
    if (this.state.lookedUp) this.state.lookedUp = this.state.lookedUp.filter((one) => one !== linkId);
    // Until it is confirmed, failed attempts add up: a value misheard over and over must not go round for ever.
    if (item.status !== 'answered' || item.confirmed) delete this.state.failures[linkId];
    this.state.dropped = this.state.dropped.filter((one) => one !== linkId);
    if (this.state.handOver?.linkId === linkId && !this.#ruleHandedOver()) delete this.state.handOver;
  }

  /** Whether a rule that fired handed the call over, which no later answer takes back. */
  #ruleHandedOver(): boolean {
    const { handOver, flagged } = this.state;
    if (handOver?.reason !== 'red-flag') return false;
    return this.definition.redFlags.some(
      ({ id, action, linkId }) =>
        action === 'hand-over' && linkId === handOver.linkId && flagged.includes(id),
    );
  }
}

/** A turn may hold words that were heard before it was over; what a model reports of either is no second mention. */
const isWithin = (said: string, words: string) => said.includes(words) || words.includes(said);
