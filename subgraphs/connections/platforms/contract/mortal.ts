import { Database } from '@liftos/core/database/database.ts';
import type { Driver, Session } from '@liftos/core/database/driver.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';

/** What a sync does one after the other, by what its statements say; `rows` are those that memory takes. */
const steps = {
  accounts: /insert into connections\.account/,
  plan: /delete from connections\.sync_slice/,
  begin: /update "connections"\."sync_slice" set "state" =/,
  rows: null,
  checkpoint: /update connections\.sync_slice set batches/,
  end: /update connections\.sync_slice set fraction = 1, reason/,
  cursor: /insert into connections\.stream_cursor/,
} as const;

/** Where a process stops: right before a step is committed, or right after it. */
export interface Death {
  step: keyof typeof steps;
  when: 'before' | 'after';
}

/** Every place at which a sync may be cut off, in the order in which it comes to them. */
export const deaths: readonly Death[] = (Object.keys(steps) as Death['step'][]).flatMap((step) => [
  { step, when: 'before' },
  { step, when: 'after' },
]);

/** What a process works on that is going to die. */
export interface Life {
  database: Database;
  memory: MemoryPort;
  died: Promise<void>;
}

/** A call that the dead never hear the answer of. */
const never = new Promise<never>(() => undefined);

/**
 * A database and a memory for a process that stops as if by SIGKILL: the transaction it had open is rolled back, and
 * nothing that it does afterwards reaches anything.
 */
export function mortal(database: Database, memory: MemoryPort, death: Death): Life {
  const { promise: died, resolve } = Promise.withResolvers<void>();
  const listening: (() => Promise<void>)[] = [];
  let isDead = false;
  const die = async (): Promise<never> => {
    isDead = true;
    for (const stop of listening) void stop();
    resolve();
    return never;
  };
  /** Does something unless dead, and dies before or after it when it is the step to die at. */
  const live = async <T>(comesTo: boolean, work: () => Promise<T>, undo?: () => Promise<void>): Promise<T> => {
    isDead ||= comesTo && death.when === 'before';
    const done = isDead ? undefined : await work();
    isDead ||= comesTo;
    if (!isDead) return done as T;
    await undo?.();
    return die();
  };
  const isStep = (text: string): boolean => steps[death.step]?.test(text) ?? false;
  const { driver } = database;
  const begin = async (scope: string | null): Promise<Session> => {
    if (isDead) return die();
    const session = await driver.begin(scope);
    const undo = (): Promise<void> => session.rollback();
    // It died while others had the connection.
    await live(false, () => Promise.resolve(), undo);
    let comes = false;
    return {
      query(text, parameters) {
        comes ||= isStep(text);
        return live(false, () => session.query(text, parameters), undo);
      },
      script: (text) => live(false, () => session.script(text), undo),
      commit: () => live(comes, () => session.commit(), undo),
      rollback: () => live(false, () => session.rollback(), undo),
    };
  };
  const mortalDriver: Driver = {
    kind: driver.kind,
    query: (scope, text, parameters) => live(isStep(text), () => driver.query(scope, text, parameters)),
    script: (text) => live(false, () => driver.script(text)),
    begin,
    async listen(channel, callback) {
      const stop = await driver.listen(channel, (payload) => (isDead ? undefined : callback(payload)));
      listening.push(stop);
      return stop;
    },
    close: () => Promise.resolve(),
  };
  return {
    database: new Database(mortalDriver),
    memory: {
      ...memory,
      ingest: (context, batch) => live(death.step === 'rows', () => memory.ingest(context, batch)),
    },
    died,
  };
}
