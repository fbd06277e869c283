import { parseJson } from '@vestibule/core';
import type { Admission } from '@vestibule/record';
import { z } from 'zod';

const common = {
  decision: z.string().min(1),
  number: z.string().optional(),
  time: z.string().optional(),
};
/** A transfer goes out under the decision of its caller's call; a call-back, which the edge logs without its number, under its own. */
const lineSchema = z.union([
  z.object({ ...common, event: z.literal('admitted').optional() }),
  z.object({ ...common, event: z.literal('outward'), number: z.literal('call-back') }),
]);

/**
 * The calls that the edge admitted, and the call-backs that it let out, from its log: lines that end in a JSON object with `decision`, and with `event`
 * `admitted` or `outward` where an event is named, as Kamailio writes them; other lines are none. The time is the object's `time`, or an ISO 8601 time at the line's beginning
 * (`journalctl -o short-iso`).
 */
export function admissionsIn(log: string): Admission[] {
  return log.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(parseJson(line.slice(line.indexOf('{'))));
    if (!parsed.success) return [];
    const { decision, number, time = stampOf(line) } = parsed.data;
    const at = Date.parse(time ?? '');
    return [
      {
        decision,
        ...(number === undefined ? {} : { number }),
        ...(Number.isNaN(at) ? {} : { at }),
      },
    ];
  });
}

const stampOf = (line: string) => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/.exec(line)?.[0];
