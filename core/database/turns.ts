import { AsyncLocalStorage } from 'node:async_hooks';

/** Set around work that nobody waits for in front of a screen, such as jobs: it lets the others go first. */
export const inBackground = new AsyncLocalStorage<true>();

/** So many may go first before somebody of the background does. */
const mostAhead = 8;

/** Users of the only connection take turns: in the order they came, those of the background behind the others. */
export class Turns {
  #taken = false;
  #ahead = 0;
  readonly #front: (() => void)[] = [];
  readonly #back: (() => void)[] = [];

  /** Waits for the connection; the returned function gives it to the next in line, once. */
  async take(): Promise<() => void> {
    if (this.#taken) {
      const line = inBackground.getStore() ? this.#back : this.#front;
      await new Promise<void>((resolve) => line.push(resolve));
    }
    this.#taken = true;
    let mine = true;
    return () => {
      if (mine) this.#pass();
      mine = false;
    };
  }

  #pass(): void {
    const backsTurn = this.#front.length === 0 || (this.#ahead >= mostAhead && this.#back.length > 0);
    this.#ahead = backsTurn ? 0 : this.#ahead + 1;
    const next = (backsTurn ? this.#back : this.#front).shift();
    this.#taken = next !== undefined;
    next?.();
  }
}
