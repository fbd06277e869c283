import { readFileSync } from 'node:fs';
import { CodedError, formatFaults } from '@vestibule/core';
import { parse } from 'yaml';
import { z } from 'zod';

const figure = z.strictObject({
  value: z.union([z.number().nonnegative(), z.array(z.number().positive()).min(1)]),
  unit: z.string().min(1),
  basis: z.enum(['measured', 'vendor', 'reported', 'code', 'assumed']),
  source: z.string().min(1),
});
export type Figure = z.infer<typeof figure>;

const schema = z.record(z.string(), z.record(z.string(), figure));

/** Constants by `group.name`. */
export class Figures {
  readonly #all: ReadonlyMap<string, Figure>;

  constructor(all: ReadonlyMap<string, Figure>) {
    this.#all = all;
  }

  /** @throws CodedError `unreadable-figures`, all faults in one. */
  static load(file = new URL('figures.yaml', import.meta.url).pathname): Figures {
    const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      const faults = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      throw new CodedError('unreadable-figures', formatFaults(file, faults));
    }
    return new Figures(
      new Map(
        Object.entries(parsed.data).flatMap(([group, members]) =>
          Object.entries(members).map(([name, one]) => [`${group}.${name}`, one] as const),
        ),
      ),
    );
  }

  /** Another set, with these values in place of what stands there: `{ 'quota.pollyRequests': 100 }`. */
  with(values: Readonly<Record<string, number>>): Figures {
    const all = new Map(this.#all);
    for (const [name, value] of Object.entries(values)) all.set(name, { ...this.figure(name), value });
    return new Figures(all);
  }

  /** The mean, where a figure has several values. */
  value(name: string): number {
    const values = this.values(name);
    return values.reduce((sum, one) => sum + one, 0) / values.length;
  }

  values(name: string): readonly number[] {
    const { value } = this.figure(name);
    return typeof value === 'number' ? [value] : value;
  }

  /** @throws CodedError `unknown-figure` */
  figure(name: string): Figure {
    const found = this.#all.get(name);
    if (found === undefined) throw new CodedError('unknown-figure', `figures.yaml has no ${name}`);
    return found;
  }

  get names(): string[] {
    return [...this.#all.keys()];
  }
}
