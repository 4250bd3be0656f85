/** Resolves with the first value of `probe` that is neither undefined, null nor false. Throws after `millis`. */
export async function until<T>(
  probe: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  millis = 20_000,
): Promise<T> {
  const end = performance.now() + millis;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > end) throw new Error(`The condition did not hold within ${millis} ms.`);
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 20);
    await promise;
  }
}
