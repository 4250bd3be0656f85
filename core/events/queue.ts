/** A bounded queue between a producer that cannot wait and one reader. What does not fit is dropped and remembered. */
export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #limit: number;
  #wake: (() => void) | undefined;
  #ended = false;
  /** Whether something was dropped. */
  overflowed = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(item: T): void {
    if (this.#ended) return;
    if (this.#items.length >= this.#limit) this.overflowed = true;
    else this.#items.push(item);
    this.#wake?.();
  }

  pushIfEmpty(item: T): void {
    if (this.#items.length === 0) this.push(item);
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      while (this.#items.length > 0 && !this.#ended) yield this.#items.shift() as T;
      if (this.#ended) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
      this.#wake = undefined;
    }
  }
}
