import type { Input, Item, Step } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { linkOf } from './occurrences.ts';

/** Where an input goes: to an item as it stands, and to one of its answers where it names that. */
export type Addressee = { linkId: string; answer?: number } | { ambiguous: readonly string[] };

/**
 * Which occurrence a link means. A key (`drug#2`) says so itself. A plain link means the occurrence that is asked about
 * now, or the only one; a repeating group's link, its question whether there is another. `phone#2` of a repeating
 * question is its second answer.
 */
export function addresseeOf(catalogue: Catalogue, step: Step, linkId: string): Addressee {
  const asked = 'linkId' in step ? catalogue.byLink.get(step.linkId ?? '')?.item : undefined;
  const exact = catalogue.byLink.get(linkId)?.item;
  if (exact && !exact.occurrence) return { linkId };
  if (exact?.type === 'group') return { linkId: anotherAfter(catalogue, linkOf(exact)) ?? linkId };
  if (exact && exact.linkId !== linkOf(exact)) return { linkId };
  const [, base, number] = /^(.+)#([\d.]+)$/.exec(linkId) ?? [];
  if (base === undefined || number === undefined) return exact ? among(catalogue, asked, linkId) : { linkId };
  if (/^1(?:\.1)*$/.test(number) && catalogue.byLink.get(base)?.item.occurrence) return { linkId: base };
  if (catalogue.byLink.get(base)?.item.repeats) return { linkId: base, answer: Number(number) };
  return { linkId };
}

/** The occurrence of the link nearest to what is asked. */
function among(catalogue: Catalogue, asked: Item | undefined, linkId: string): Addressee {
  const all = catalogue.ordered.filter(
    ({ item }) => item.occurrence?.linkId === linkId && item.occurrence.asks === undefined,
  );
  if (all.length === 1) return { linkId };
  const at = asked?.occurrence?.asks === undefined ? asked?.occurrence?.at : undefined;
  const here = at && all.find(({ item }) => item.occurrence!.at.every((index, depth) => at[depth] === index));
  return here ? { linkId: here.item.linkId } : { ambiguous: all.map(({ item }) => item.linkId) };
}

function anotherAfter({ ordered }: Catalogue, group: string): string | undefined {
  return ordered.findLast(
    ({ item }) => item.occurrence?.linkId === group && item.occurrence.asks !== undefined,
  )?.item.linkId;
}

export function withLink<I extends Extract<Input, { linkId: string }>>(input: I, linkId: string): I {
  return { ...input, linkId };
}
