import { textOf, toolsOf, type ConverseRequest } from '../bedrock/converse-request.ts';
import { questionIn, readDialogue, type Dialogue } from './dialogue.ts';
import { isReadBack } from './intent.ts';
import { kindOf, readItems, type Item } from './items.ts';
import { readNow, readPerson, type Now } from './prompt.ts';
import { contentWords, shared } from './text.ts';
import { itemIds, Toolbox, valueOf, whichOf } from './toolbox.ts';

/** All that a request tells, gathered once per turn. */
export interface Scene {
  readonly dialogue: Dialogue;
  readonly toolbox: Toolbox;
  readonly system: string;
  readonly items: readonly Item[];
  readonly now: Now;
  /** The item that is being asked, when it can be told. */
  readonly pending?: Item;
  /** The question that stands, to be put again; empty when there is none. */
  readonly question: string;
  /** True when a value was read back and waits for a yes. */
  readonly readBack: boolean;
  /** How a person is reached. */
  readonly person?: string;
  /** Answers recorded so far: item to words, the oldest first. */
  readonly known: ReadonlyMap<string, string>;
}

export function readScene(request: ConverseRequest): Scene {
  const system = request.system.map((block) => textOf(block) ?? '').join('\n\n');
  const toolbox = new Toolbox(toolsOf(request));
  const dialogue = readDialogue(request);
  const ids = itemIds(toolbox);
  const items = readItems(system, ids);
  const now = readNow(system, ids);
  const lastQuestion = questionIn(dialogue.said);
  const pending = pendingItem(now, dialogue, items, lastQuestion);
  const person = readPerson(system);
  return {
    dialogue,
    toolbox,
    system,
    items,
    now,
    question: now.question ?? (lastQuestion || dialogue.newest?.say || ''),
    readBack:
      now.item === undefined
        ? isReadBack(dialogue.said)
        : now.readBack || (!pendingIsPlain(now) && isReadBack(dialogue.said)),
    known: knownAnswers(dialogue, toolbox),
    ...(pending === undefined ? {} : { pending }),
    ...(person === undefined ? {} : { person }),
  };
}

/** A prompt that gives the question's own words, and no read-back among them, is believed over what was said before. */
function pendingIsPlain(now: Now): boolean {
  return now.question !== undefined && !isReadBack(now.question);
}

function pendingItem(
  now: Now,
  dialogue: Dialogue,
  items: readonly Item[],
  question: string,
): Item | undefined {
  const named = now.item ?? dialogue.newest?.item;
  const known = items.find(({ id }) => id === named);
  if (known) return known;
  if (named !== undefined && items.length === 0) return { id: named, text: question, kind: 'text' };
  const asked = itemAskedBy(question, items);
  return asked?.kind === 'text' ? { ...asked, kind: kindOf(question) } : asked;
}

/** The item whose description has most in common with a question. */
export function itemAskedBy(question: string, items: readonly Item[]): Item | undefined {
  const wanted = contentWords(question);
  const scored = items.map((item) => ({
    item,
    score: shared(wanted, contentWords(item.id)) * 2 + shared(wanted, contentWords(item.text)),
  }));
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top), {
    item: undefined as Item | undefined,
    score: 0,
  });
  return best.item;
}

function knownAnswers(dialogue: Dialogue, toolbox: Toolbox): Map<string, string> {
  const known = new Map<string, string>();
  for (const { tool, input } of dialogue.used) {
    const spec = toolbox.named(tool);
    if (spec?.role !== 'record') continue;
    const item = input[whichOf(spec.properties)?.name ?? ''];
    const value = input[valueOf(spec.properties)?.name ?? ''];
    if (typeof item !== 'string' || typeof value !== 'string') continue;
    known.delete(item);
    known.set(item, value);
  }
  return known;
}
