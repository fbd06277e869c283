import type { Item } from '../types.ts';
import type { Place } from './checks.ts';
import type { Findings } from './from-fhir.ts';

/** An item that, through conditions or expressions, waits for itself can never be asked or worked out. */
export function checkCircles(
  places: readonly Place[],
  items: ReadonlyMap<string, Item>,
  findings: Findings,
): void {
  const needs = new Map(places.map((place) => [place.item.linkId, needsOf(place, items)]));
  const done = new Set<string>();
  const visit = (linkId: string, trail: readonly string[]): void => {
    if (done.has(linkId)) return;
    if (trail.includes(linkId)) {
      tell([...trail.slice(trail.indexOf(linkId)), linkId]);
      done.add(linkId);
      return;
    }
    for (const next of needs.get(linkId) ?? []) visit(next, [...trail, linkId]);
    done.add(linkId);
  };
  const tell = (circle: readonly string[]): void => {
    const place = places.find(({ item }) => item.linkId === circle[0])!;
    const part = items.get(circle[0]!)?.logic?.hangsOn.includes(circle[1]!) ? 'extension' : 'enableWhen';
    findings.faults.push({ path: `${place.path}.${part}`, message: `a circle: ${circle.join(' → ')}` });
  };
  for (const { item } of places) visit(item.linkId, []);
}

/** An `enableWhen` on itself has a fault of its own; an expression may pass through the groups around it. */
function needsOf({ item, ancestors }: Place, items: ReadonlyMap<string, Item>): string[] {
  const { linkId } = item;
  const conditions = (item.enableWhen ?? []).map(({ question }) => question).filter((one) => one !== linkId);
  const hangsOn = (items.get(linkId)?.logic?.hangsOn ?? []).filter((one) => !ancestors.includes(one));
  return [...conditions, ...ancestors, ...hangsOn];
}
