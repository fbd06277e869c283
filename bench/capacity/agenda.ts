interface Entry<T> {
  at: number;
  order: number;
  what: T;
}

/** What is to happen, the earliest first; of two at one time the one that was entered first. A binary heap. */
export class Agenda<T> {
  readonly #heap: Entry<T>[] = [];
  #entered = 0;

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  enter(at: number, what: T): void {
    this.#heap.push({ at, order: this.#entered++, what });
    this.#rise(this.#heap.length - 1);
  }

  /** @throws RangeError when there is nothing. */
  next(): { at: number; what: T } {
    const [first] = this.#heap;
    if (first === undefined) throw new RangeError('the agenda is empty');
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(index: number): void {
    for (let at = index; at > 0;) {
      const parent = (at - 1) >> 1;
      if (this.#isOrdered(parent, at)) return;
      this.#swap(parent, at);
      at = parent;
    }
  }

  #sink(index: number): void {
    for (let at = index; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.#heap.length && !this.#isOrdered(least, left)) least = left;
      if (right < this.#heap.length && !this.#isOrdered(least, right)) least = right;
      if (least === at) return;
      this.#swap(least, at);
      at = least;
    }
  }

  #isOrdered(before: number, after: number): boolean {
    const [a, b] = [this.#heap[before]!, this.#heap[after]!];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }
}
