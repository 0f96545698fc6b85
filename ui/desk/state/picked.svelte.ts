/** What is ticked of a list that changes. */
export class Picked {
  #all = $state.raw<ReadonlySet<string>>(new Set());

  get all(): ReadonlySet<string> {
    return this.#all;
  }

  has(each: string): boolean {
    return this.#all.has(each);
  }

  /** Ticks all of these, or none of them. */
  set(those: readonly string[], on: boolean): void {
    const all = new Set(this.#all);
    for (const each of those) {
      if (on) all.add(each);
      else all.delete(each);
    }
    this.#all = all;
  }

  /** What is in the list no more is ticked no more. */
  keep(list: readonly string[]): void {
    const there = new Set(list);
    this.#all = new Set([...this.#all].filter((each) => there.has(each)));
  }

  /** Of these: all, some, or none. */
  of(those: readonly string[]): 'all' | 'some' | 'none' {
    const count = those.filter((each) => this.#all.has(each)).length;
    if (count === 0) return 'none';
    return count === those.length ? 'all' : 'some';
  }
}
