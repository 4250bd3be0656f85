/** What happened at a double; for tests that assert how often something was asked. */
export interface CounterValues {
  /** Calls by method and path pattern, e.g. `GET /v{version}/me`. */
  calls: Record<string, number>;
  total: number;
  tokensIssued: number;
  tokenRefreshes: number;
  maxConcurrent: number;
}

export class Counters {
  readonly calls = new Map<string, number>();
  #running = 0;
  maxConcurrent = 0;

  begin(pattern: string): void {
    this.calls.set(pattern, (this.calls.get(pattern) ?? 0) + 1);
    this.#running += 1;
    this.maxConcurrent = Math.max(this.maxConcurrent, this.#running);
  }

  end(): void {
    this.#running -= 1;
  }

  reset(): void {
    this.calls.clear();
    this.maxConcurrent = this.#running;
  }
}
