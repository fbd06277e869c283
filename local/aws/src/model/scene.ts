import { textOf, toolsOf, type ConverseRequest } from '../bedrock/converse-request.ts';
import { questionIn, readDialogue, type Dialogue } from './dialogue.ts';
import { collected, fieldAsked } from './collected.ts';
import { fieldsOf, type Field } from './fields.ts';
import { isReadBack } from './verdict.ts';
import { itemAskedBy, kindOf, readItems, type Item } from './items.ts';
import { readNow, readPerson, type Now } from './prompt.ts';
import { valueOf, whichOf } from './arguments.ts';
import { itemIds, Toolbox } from './toolbox.ts';

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
  /** What the tools ask for one by one, when no tool takes any item. */
  readonly fields: readonly Field[];
  /** Answers recorded so far: item to words, the oldest first. */
  readonly known: ReadonlyMap<string, string>;
}

export function readScene(request: ConverseRequest): Scene {
  const system = request.system.map((block) => textOf(block) ?? '').join('\n\n');
  const toolbox = new Toolbox(toolsOf(request), system);
  const dialogue = readDialogue(request);
  const ids = itemIds(toolbox);
  const fields = fieldsOf(toolbox);
  const items = fields.length > 0 ? fields.map(({ item }) => item) : readItems(system, ids);
  const now = fields.length > 0 ? { readBack: false } : readNow(system, ids);
  const lastQuestion = questionIn(dialogue.said);
  const pending =
    fields.length > 0 ? fieldAsked(dialogue.said, items) : pendingItem(now, dialogue, items, lastQuestion);
  const person = readPerson(system);
  return {
    dialogue,
    toolbox,
    system,
    items,
    now,
    question: now.question ?? (lastQuestion || dialogue.newest?.say || dialogue.newest?.then || ''),
    readBack:
      now.item === undefined
        ? isReadBack(dialogue.said)
        : now.readBack || (!pendingIsPlain(now) && isReadBack(dialogue.said)),
    fields,
    known: fields.length > 0 ? collected(dialogue, fields) : knownAnswers(dialogue, toolbox),
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
