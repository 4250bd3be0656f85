import type { Environment } from './define-double.ts';

const kept = 16;
const minuteMs = 60_000;

/**
 * Keeps results while the double's clock stands still, else for a minute of it, so that the pages of a list are cut from one computation, and do not
 * drift while it is read.
 */
export class Memo<T> {
  readonly #results = new Map<string, T>();

  /** The result for a key; made anew when the clock was moved, or something renamed or withdrawn. */
  of({ clock, faults }: Environment, key: string, make: () => T): T {
    const renamed = [...faults.renamed].map(([id, { name }]) => `${id}=${name}`).join();
    const time = clock.isFixed ? clock.now() : Math.floor(clock.now() / minuteMs);
    const stamped = `${time}/${renamed}/${[...faults.withdrawing].join()}/${key}`;
    const known = this.#results.get(stamped);
    if (known !== undefined) return known;
    const result = make();
    const [oldest] = this.#results.keys();
    if (this.#results.size >= kept && oldest !== undefined) this.#results.delete(oldest);
    this.#results.set(stamped, result);
    return result;
  }
}
