import { isReason, whichOf } from './arguments.ts';
import { escapeRegExp, idEnds } from './items.ts';
import type { Role } from './roles.ts';
import type { Property } from './schema.ts';

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly properties: readonly Property[];
  readonly role: Role;
}

type Shape = (tool: Tool, isItem: (property: Property) => boolean) => boolean;

const isFree = ({ type, enum: values }: Property) => type === 'string' && values.length === 0;
const personOrStop = /person|human|agent|operator|staff|transfer|stop|quit|hang|goodbye|abort|leave/i;

/** What arguments alone tell of a tool. The order is that of how sure they make it. */
const shapes: readonly (readonly [Role, Shape])[] = [
  [
    'decline',
    ({ properties }, isItem) =>
      properties.some(isItem) && properties.some((one) => !isItem(one) && isReason(one)),
  ],
  [
    'record',
    ({ properties }, isItem) =>
      properties.some(isItem) && properties.some((one) => isFree(one) && !isItem(one)),
  ],
  [
    'end',
    ({ properties }, isItem) =>
      properties.some(
        (one) => !isItem(one) && one.enum.filter((value) => personOrStop.test(value)).length > 0,
      ),
  ],
  [
    'confirm',
    ({ properties }, isItem) =>
      properties.filter(({ type }) => type === 'boolean').length === 1 &&
      properties.every((one) => one.type === 'boolean' || isItem(one) || (isFree(one) && !one.required)),
  ],
];

/** Gives tools whose words tell nothing the role that their arguments tell, where no other tool has it. */
export function withRolesByShape(tools: readonly Tool[], system: string): Tool[] {
  const isItem = itemProperty(tools, system);
  const taken = new Set(tools.map(({ role }) => role));
  const give = (tool: Tool, role: Role): Tool => {
    taken.add(role);
    return { ...tool, role };
  };
  const shaped = tools.map((tool) => {
    if (tool.role !== 'other') return tool;
    const role = shapes.find(([role, fits]) => !taken.has(role) && fits(tool, isItem))?.[0];
    return role === undefined ? tool : give(tool, role);
  });
  return withUnclear(shaped, taken, isItem);
}

/** Beside a tool that records items, the one tool without arguments is for words that are no answer. */
function withUnclear(
  tools: Tool[],
  taken: ReadonlySet<Role>,
  isItem: (property: Property) => boolean,
): Tool[] {
  const intake = tools.some(({ role, properties }) => role === 'record' && properties.some(isItem));
  const bare = tools.filter(({ role, properties }) => role === 'other' && properties.length === 0);
  if (!intake || taken.has('unclear') || bare.length !== 1) return tools;
  return tools.map((tool) => (tool === bare[0] ? { ...tool, role: 'unclear' } : tool));
}

/**
 * Tells which properties name items: those of a name that says so, those whose values several tools or the prompt name.
 * Any other enumeration may list airports.
 */
function itemProperty(tools: readonly Tool[], system: string): (property: Property) => boolean {
  const listed = (values: readonly string[]) => [...values].sort().join('\n');
  const enums = tools.flatMap(({ properties }) => [...new Set(properties.map((one) => listed(one.enum)))]);
  return (property) => {
    const { enum: values, name } = property;
    if (values.length === 0 || isReason(property)) return false;
    if (/^(?:item|field|question|link.?id|slot|entry)/i.test(name)) return true;
    if (values.length < 2 || whichOf([property]) === undefined) return false;
    if (enums.filter((one) => one === listed(values)).length > 1) return true;
    const named = values.filter((value) =>
      new RegExp(`(?<![\\w./-])${escapeRegExp(value)}${idEnds}`).test(system),
    );
    return named.length * 2 >= values.length;
  };
}
