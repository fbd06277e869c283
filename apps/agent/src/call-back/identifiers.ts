import { canonicalJson } from '@vestibule/core';
import {
  advance,
  type AnswerValue,
  catalogueOf,
  type Definition,
  type Input,
  type Item,
  parseAnswer,
  startIntake,
} from '@vestibule/questionnaire';
import type { CarriedInputs } from '@vestibule/record';
import { OwnQuestion } from '../conversation/own-question.ts';

export interface KnownIdentifier {
  item: Item;
  value: AnswerValue;
}

/** What tells in an earlier call who the caller is, as its questionnaire marks it, in its order. */
export function identifiersIn(
  definition: Definition,
  inputs: readonly unknown[],
  today: string,
): KnownIdentifier[] {
  let { state } = startIntake(definition, { today });
  for (const input of flat(inputs)) ({ state } = advance(definition, state, input, { today }));
  return catalogueOf(definition, state).ordered.flatMap(({ item }) => {
    const known = state.items[item.linkId];
    const value = known?.status === 'answered' ? known.values[0] : undefined;
    return item.identifier && value !== undefined ? [{ item, value }] : [];
  });
}

const flat = (inputs: readonly unknown[]): Input[] =>
  (inputs as (Input | CarriedInputs)[]).flatMap((input) =>
    input.kind === 'carried' ? flat(input.inputs) : [input],
  );

const attempts = 3;

/** An identifier of the earlier call, asked for again: what it was is not said, nor whether an answer was near. */
export class Identifier extends OwnQuestion {
  readonly item: string;
  readonly question: string;
  readonly again: string;
  readonly thanks = '';
  readonly #known: KnownIdentifier;
  readonly #isAsked: () => boolean;
  readonly #act: (isSame: boolean) => Promise<void>;
  readonly #today: string;
  #tries = 0;

  constructor(
    known: KnownIdentifier,
    isAsked: () => boolean,
    act: (isSame: boolean) => Promise<void>,
    today: string,
  ) {
    super(undefined);
    this.#known = known;
    this.#isAsked = isAsked;
    this.#act = act;
    this.#today = today;
    const { linkId, prompt, retries } = known.item;
    this.item = `identify-${linkId}`;
    this.question = prompt;
    this.again = retries[0] ?? prompt;
  }

  override get isOpen(): boolean {
    return this.#isAsked() && super.isOpen;
  }

  /** Only the caller's own words count, the last of `words`. */
  override async answer(...words: string[]): Promise<boolean> {
    const { item, value } = this.#known;
    const parsed = parseAnswer(item, words.at(-1) ?? '', { today: this.#today });
    const isSame = parsed.ok && plain(parsed.value) === plain(value);
    this.#tries += 1;
    if (!isSame && this.#tries < attempts) return false;
    await this.settle(isSame, '');
    return true;
  }

  protected async record(isSame: boolean): Promise<void> {
    await this.#act(isSame);
  }
}

const plain = (value: AnswerValue): string => canonicalJson(value).toLowerCase();
