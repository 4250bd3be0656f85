import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@liftos/core/config.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import type { Context, Principal } from '@liftos/core/context.ts';
import type { Database } from '@liftos/core/database/database.ts';
import { newId } from '@liftos/core/ids.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { startRuntime, type StartedRuntime } from '@liftos/core/start-runtime.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { testDatabase, testPrincipal } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { insertConnection } from '../../connection/connection.service.ts';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { connections } from '../../subgraph.ts';
import { startSync, type SyncWish } from '../../sync/sync.service.ts';
import { runsById, sliceLoader } from '../../sync/sync.view.ts';
import type { LiveSettings, SyncRunTable, SyncSliceTable } from '../../tables.ts';
import { fakeMemory, type FakeMemory } from '../../testing/fake-memory.ts';
import type { Connector } from '../connector.ts';
import { letIn, type ContractCase } from './cases.ts';
import { hurry, type RowsRead } from './hurry.ts';
import { mortal, type Death } from './mortal.ts';

export interface Ended {
  run: Pick<SyncRunTable, 'id' | 'state' | 'reasons' | 'notes'>;
  slices: SyncSliceTable[];
}

/** Starts a double of a platform and everything that reads it. Waiting is short, to have many of them. */
export async function openHarness(connector: Connector, given: ContractCase): Promise<Harness> {
  const doubles = await startDoubles({ platforms: [connector.id], now: new Date() });
  const harness = new Harness(connector, given, doubles, await mkdtemp(join(tmpdir(), 'liftos-contract-')));
  await harness.start();
  return harness;
}

/** A connector, its double, and the whole engine between them; only memory is a fake, one that keeps its promises. */
export class Harness {
  readonly connector: Connector;
  readonly given: ContractCase;
  readonly doubles: Doubles;
  readonly memory: FakeMemory = fakeMemory();
  readonly principal: Principal = testPrincipal(newId());
  /** Keys of the rows that the platform sent. */
  readonly rowsRead: RowsRead[] = [];
  readonly logged: string[] = [];
  runtime!: StartedRuntime;
  readonly #folder: string;
  readonly #slowDown: () => void;
  #ahead = 0;

  constructor(connector: Connector, given: ContractCase, doubles: Doubles, folder: string) {
    this.connector = connector;
    this.given = given;
    this.doubles = doubles;
    this.#folder = folder;
    this.#slowDown = hurry(connector, this.rowsRead);
  }

  /** Starts a process of LiftOS; on another database and memory when they are given. */
  async start(database?: Database, memory: MemoryPort = this.memory): Promise<void> {
    const { LIFTOS_TEST_REDIS: redis } = process.env;
    this.runtime = await startRuntime({
      config: readConfig({
        LIFTOS_DATA_DIR: this.#folder,
        LIFTOS_PLATFORMS_URL: this.doubles.url,
        ...(redis ? { REDIS_URL: redis } : {}),
      }),
      subgraphs: [connections],
      database: database ?? (await testDatabase()),
      log: createLog('debug', 'liftos', { write: (line) => void this.logged.push(line) }),
      remotePorts: { memory },
      now: () => new Date(Date.now() + this.#ahead),
    });
  }

  get context(): Context {
    return createContext({ runtime: this.runtime, principal: this.principal });
  }

  control(action: string, more: Record<string, unknown> = {}): void {
    this.doubles.control({ platform: this.connector.id, action, ...more });
  }

  /** Sets the clocks of the platform and of the engine so many days from today. */
  goTo(days: number): void {
    this.#ahead = days * 86_400_000;
    this.control('setClock', { now: new Date(Date.now() + this.#ahead).toISOString() });
  }

  /** A new connection that is let in; reads from `from` on. */
  async connect(from: string, given: ContractCase = this.given): Promise<string> {
    const { context, connector } = this;
    const settings: LiveSettings = { from, seed: 1, values: given.settings ?? {}, method: given.method };
    const { id } = await transaction(context, (tx) =>
      insertConnection(tx, {
        name: connector.name,
        platform: connector.id,
        mode: 'LIVE',
        settings,
        currency: 'EUR',
        time_zone: 'UTC',
        schedule: null,
      }),
    );
    await letIn(context, given, id);
    return id;
  }

  /** Syncs to the end. */
  async sync(connectionId: string, wish: SyncWish = {}): Promise<Ended> {
    const { id } = await startSync(this.context, connectionId, 'MANUAL', wish);
    return this.#ended(id);
  }

  /** Syncs to the end, by processes that each die at one of these places, and a last one that lives. */
  async syncThrough(connectionId: string, deaths: readonly Death[]): Promise<Ended> {
    await this.runtime.close();
    let runId: string | undefined;
    for (const death of deaths) {
      const life = mortal(await testDatabase(), this.memory, death);
      await this.start(life.database, life.memory);
      runId ??= (await startSync(this.context, connectionId, 'MANUAL')).id;
      await this.#deathOf(life.died, death);
    }
    await this.start();
    return this.#ended(runId!);
  }

  async #deathOf(died: Promise<void>, { step, when }: Death): Promise<void> {
    let isOver = false;
    void died.then(() => (isOver = true));
    await until(() => isOver, 30_000).catch((cause: unknown) => {
      throw new Error(`Nothing died ${when} ${step}.`, { cause });
    });
  }

  async #ended(runId: string): Promise<Ended> {
    const { context } = this;
    const run = await until(async () => {
      const [found] = await runsById(context, [runId]);
      return found && found.state !== 'QUEUED' && found.state !== 'RUNNING' && found;
    }, 60_000);
    return { run, slices: await sliceLoader(context).load(runId) };
  }

  /** Forgets what earlier tests brought in: answers of sixteen platforms are too much to keep in memory. */
  async forget(): Promise<void> {
    this.memory.clear();
    this.rowsRead.length = 0;
    this.logged.length = 0;
    await this.runtime.database.driver.script('truncate connections.raw_page');
  }

  async close(): Promise<void> {
    this.#slowDown();
    await this.runtime.close();
    await this.doubles.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
