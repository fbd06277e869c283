import type { GraphNode, QuestionGraph } from './question-graph.ts';
import { wrap } from './wrap.ts';

/** All lengths are in pixels. */
export const sizes = {
  line: 17,
  pad: 9,
  gap: 14,
  width: 600,
  indent: 18,
  lane: 11,
  margin: 24,
  char: 7.1,
} as const;

/** An item with its place: a card, or the box of a group. */
export interface Placed {
  node: GraphNode;
  x: number;
  y: number;
  width: number;
  height: number;
  when: readonly string[];
  label: readonly string[];
  flags: readonly string[];
}

/** All that hangs on one answer, drawn as one line in a lane beside the cards. */
export interface Bundle {
  from: Placed;
  /** `nth`: among the lines that end there, from 0. */
  to: readonly { place: Placed; by: 'condition' | 'expression'; nth: number }[];
  lane: number;
}

export interface Layout {
  placed: readonly Placed[];
  bundles: readonly Bundle[];
  /** Width of the lanes on the left. */
  gutter: number;
  width: number;
  height: number;
}

/** Cards one below the other in the order in which they are asked; groups as boxes around theirs; lines run on the left. */
export function layOut(graph: QuestionGraph, top: number): Layout {
  const placed: Placed[] = [];
  const bottom = column(graph.nodes, 0, top, placed);
  const bundles = lanes(graph, placed);
  const count = Math.max(0, ...bundles.map(({ lane }) => lane + 1));
  const gutter = sizes.margin + count * sizes.lane + 14;
  for (const place of placed) place.x += gutter;
  return {
    placed,
    bundles,
    gutter,
    width: gutter + sizes.width + sizes.margin,
    height: bottom + sizes.margin,
  };
}

function column(nodes: readonly GraphNode[], depth: number, top: number, placed: Placed[]): number {
  let y = top;
  for (const node of nodes) {
    const place = card(node, depth, y);
    placed.push(place);
    const below = y + place.height;
    if (node.items.length > 0) {
      const end = column(node.items, depth + 1, below + (node.kind === 'group' ? 0 : sizes.gap), placed);
      if (node.kind === 'group') place.height = end - y;
      y = end + (node.kind === 'group' ? sizes.gap : 0);
    } else y = below + sizes.gap;
  }
  return y;
}

function card(node: GraphNode, depth: number, y: number): Placed {
  // What hangs on an answer stands a little to the right, as it is not always asked.
  const inset = node.when.length > 0 && node.kind !== 'group' ? sizes.indent : 0;
  const x = Math.min(depth * sizes.indent, 8 * sizes.indent) + inset;
  // The same distance on the right, for the boxes around it.
  const width = sizes.width - x - Math.min(depth * sizes.indent, 8 * sizes.indent);
  const chars = Math.floor((width - 2 * sizes.pad) / sizes.char);
  const joined = node.when.join(node.whenBehavior === 'any' ? ' or ' : ' and ');
  const when = joined === '' ? [] : wrap(`if ${joined}`, chars, 3);
  // Titles of groups are bold, and so wider.
  const label = wrap(node.label, node.kind === 'group' ? Math.floor(chars * 0.87) : chars, 5);
  const flags =
    node.redFlags.length === 0
      ? []
      : wrap(`RED FLAG ${node.redFlags.join(', ')}`, Math.floor(chars * 0.87), 3);
  const lines = 1 + when.length + label.length + flags.length;
  return { node, x, y, width, height: lines * sizes.line + 2 * sizes.pad, when, label, flags };
}

/** Lines that run beside each other get lanes of their own; the short ones stay near the cards. */
function lanes(graph: QuestionGraph, placed: readonly Placed[]): Bundle[] {
  const byLink = new Map(placed.map((place) => [place.node.linkId, place]));
  const arrived = new Map<string, number>();
  const arrive = (link: string): number => {
    const nth = arrived.get(link) ?? 0;
    arrived.set(link, nth + 1);
    return nth;
  };
  const bundles = [...Map.groupBy(graph.edges, ({ from }) => from)].map(([from, edges]) => ({
    from: byLink.get(from)!,
    to: edges.map(({ to, by }) => ({ place: byLink.get(to)!, by, nth: arrive(to) })),
    lane: 0,
  }));
  const spanOf = ({ from, to }: Bundle) => {
    const ys = [from.y, ...to.map(({ place }) => place.y)];
    return { low: Math.min(...ys), high: Math.max(...ys) };
  };
  const taken: { low: number; high: number }[][] = [];
  const length = (bundle: Bundle) => spanOf(bundle).high - spanOf(bundle).low;
  for (const bundle of bundles.toSorted((a, b) => length(a) - length(b))) {
    const { low, high } = spanOf(bundle);
    const free = taken.findIndex((lane) => lane.every((one) => one.high < low || one.low > high));
    bundle.lane = free === -1 ? taken.push([]) - 1 : free;
    taken[bundle.lane]!.push({ low, high });
  }
  return bundles;
}
