/** The time in a double. Fixed when an instant was given, else the machine's; both can be moved. */
export class Clock {
  #fixed: number | null;
  #offset = 0;

  constructor(now: Date | string | undefined) {
    this.#fixed = now === undefined ? null : new Date(now).getTime();
  }

  /** Milliseconds since 1970. */
  now(): number {
    return (this.#fixed ?? Date.now()) + this.#offset;
  }

  /** Whether the time stands still between commands. */
  get isFixed(): boolean {
    return this.#fixed !== null;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  advance(seconds: number): void {
    this.#offset += seconds * 1000;
  }

  /** From now on the time stands still at this instant until it is moved. */
  set(now: Date | string): void {
    this.#fixed = new Date(now).getTime();
    this.#offset = 0;
  }
}
