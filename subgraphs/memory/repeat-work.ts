import type { Runtime } from '@liftos/core/runtime.ts';

/** Does some work now and then again after each pause until the returned function is called. Failures are logged. */
export function repeatWork(runtime: Runtime, pauseMillis: number, work: (runtime: Runtime) => Promise<void>) {
  let round: Promise<void> = Promise.resolve();
  const tick = (): void => {
    round = round
      .then(() => work(runtime))
      .catch((error: unknown) => runtime.log.error({ error }, 'Work that comes round could not be done.'));
  };
  const timer = setInterval(tick, pauseMillis);
  tick();
  return async (): Promise<void> => {
    clearInterval(timer);
    await round;
  };
}
