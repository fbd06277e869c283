import { Random as Seeded } from '../../edge/torture/mutants/random.ts';

/** Times and counts of what comes at random; the same seed, the same numbers. */
export class Random extends Seeded {
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** How many of something that comes at random when `mean` are expected. Above 50 by the normal distribution. */
  poisson(mean: number): number {
    if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.#normal()));
    const least = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > least; product *= this.next()) count += 1;
    return count;
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}
