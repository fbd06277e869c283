import { type Bundle, type Layout, layOut, type Placed, sizes } from './layout.ts';
import type { QuestionGraph } from './question-graph.ts';
import { style } from './style.ts';
import { escapeXml, wrap } from './wrap.ts';

const colours = 6;
const titleHeight = 25;

/**
 * The question graph as an SVG document: questions from top to bottom, groups as boxes, and a line from each answer to all that hangs
 * on it, with its condition. `notes` stand below the title. Legible on light and dark; all text is escaped.
 */
export function graphSvg(graph: QuestionGraph, notes: readonly string[] = []): string {
  const title = `${graph.title}, version ${graph.version}`;
  const heading = headingOf(graph, notes);
  const titleLines = wrap(title, 52);
  const below = sizes.margin / 2 + titleLines.length * titleHeight;
  const layout = layOut(graph, below + heading.length * sizes.line + 1.5 * sizes.margin);
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">Questions of ${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(heading.join(' '))}</desc>`,
    `<style>${style}</style>`,
    `<defs>${markers()}</defs>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...titleLines.map((line, index) =>
      text(line, sizes.margin, 1.5 * sizes.margin + index * titleHeight, 'title'),
    ),
    ...heading.map((line, index) => text(line, sizes.margin, below + (index + 1) * sizes.line, 'small')),
    ...layout.placed.filter(({ node }) => node.kind === 'group').map(drawn),
    ...layout.bundles.map((bundle, index) => lineOf(bundle, layout, index % colours)),
    ...layout.placed.filter(({ node }) => node.kind !== 'group').map(drawn),
    '</svg>',
    '',
  ].join('\n');
}

function headingOf(graph: QuestionGraph, notes: readonly string[]): string[] {
  const heard =
    graph.heard.length === 0
      ? []
      : [`Red flags listened for in all that is said: ${graph.heard.join(', ')}.`];
  const key =
    'Asked from top to bottom. A line runs from a question to those that its answer brings; dashed: through an expression.';
  return [...notes, ...heard, key].flatMap((line) => wrap(line, 98));
}

function drawn(place: Placed): string {
  const { node, x, y, width, height } = place;
  const flagged = node.redFlags.length > 0 ? ' flagged' : '';
  let line = 0;
  const next = (words: string, kind: string) =>
    text(words, x + sizes.pad, y + sizes.pad + ++line * sizes.line - 4, kind);
  return [
    `<g class="${node.kind}${flagged}">`,
    `<title>${escapeXml(`${node.linkId}: ${node.label}`)}</title>`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    ...place.when.map((words) => next(words, 'when')),
    next(headOf(place), node.required ? 'small required' : 'small'),
    ...place.label.map((words) => next(words, 'label')),
    ...place.flags.map((words) => next(words, 'flag')),
    '</g>',
  ].join('\n');
}

function headOf({ node, width }: Placed): string {
  const kind = node.kind === 'group' ? 'GROUP' : node.kind === 'text' ? 'SAID ONLY' : node.type;
  const marks = [
    ...(node.kind === 'not-asked' ? ['not asked'] : []),
    ...(node.required ? ['REQUIRED'] : []),
    ...(node.repeats ? ['repeats'] : []),
  ];
  const number = node.number === undefined ? '' : `${node.number}. `;
  const chars = Math.floor((width - 2 * sizes.pad) / (sizes.char * 0.92));
  return wrap([`${number}${node.linkId}`, kind, ...marks].join(' · '), chars, 1)[0] ?? '';
}

function lineOf({ from, to, lane }: Bundle, { gutter }: Layout, colour: number): string {
  const x = gutter - 14 - (lane + 0.5) * sizes.lane;
  const start = from.y + sizes.pad + sizes.line * (from.when.length + 0.6);
  return to
    .map(({ place, by, nth }) => {
      const end = place.y + sizes.pad + sizes.line * 0.5 + Math.min(nth, 5) * 5;
      const dashed = by === 'expression' ? ' dashed' : '';
      return `<path class="edge c${colour}${dashed}" marker-end="url(#arrow${colour})" d="M${from.x} ${start}H${x}V${end}H${place.x - 2}"><title>${escapeXml(`${from.node.linkId} → ${place.node.linkId}: ${place.when.join(' ')}`)}</title></path>`;
    })
    .join('\n');
}

function markers(): string {
  return Array.from(
    { length: colours },
    (_, colour) =>
      `<marker id="arrow${colour}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head c${colour}" d="M0 0L8 4L0 8Z"/></marker>`,
  ).join('');
}

function text(words: string, x: number, y: number, kind: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${escapeXml(words)}</text>`;
}
