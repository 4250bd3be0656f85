import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startProduct, startProgram, type Product, type Program } from './product.ts';

const names = ['identity', 'connections', 'memory', 'causal', 'operations'] as const;
export type SubgraphName = (typeof names)[number];

export interface Cluster {
  gateway: Product;
  subgraphs: Map<SubgraphName, Program>;
  /** Starts a subgraph that was killed, on its old address. */
  restart(name: SubgraphName): Promise<void>;
  dispose(): Promise<void>;
}

/** Whether PostgreSQL and Redis are there for a distributed installation. */
export const hasServices = Boolean(process.env.LIFTOS_TEST_DATABASE && process.env.LIFTOS_TEST_REDIS);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A database of its own for one test. */
export async function newDatabase(): Promise<string> {
  const url = new URL(process.env.LIFTOS_TEST_DATABASE ?? '');
  const name = `liftos_e2e_${process.pid}_${Date.now()}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

/** Starts every subgraph as a process of its own, and the gateway in front of them. */
export async function startCluster(extra: Record<string, string> = {}): Promise<Cluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'liftos-cluster-'));
  const ports = new Map<SubgraphName, number>();
  for (const name of names) ports.set(name, await freePort());
  const shared = {
    LIFTOS_DATA_DIR: dataDir,
    DATABASE_URL: await newDatabase(),
    DATABASE_POOL: '6',
    REDIS_URL: process.env.LIFTOS_TEST_REDIS ?? '',
    LIFTOS_INTERNAL_SECRET: 'a secret of the test cluster, long enough',
    LIFTOS_SUBGRAPHS: [...ports].map(([name, port]) => `${name}=http://127.0.0.1:${port}`).join(','),
    LIFTOS_OWNER_EMAIL: 'owner@example.com',
    LIFTOS_OWNER_PASSWORD: 'a fine long secret',
    ...extra,
  };
  const subgraphs = new Map<SubgraphName, Program>();
  const start = async (name: SubgraphName): Promise<void> => {
    const env = { ...shared, PORT: String(ports.get(name)), LOG_LEVEL: 'info' };
    const program = startProgram(`subgraphs/${name}/server.ts`, env);
    subgraphs.set(name, program);
    await program.printed(/is listening/);
  };
  try {
    await Promise.all(names.map(start));
  } catch (error) {
    for (const { child } of subgraphs.values()) child.kill('SIGKILL');
    throw error;
  }
  const gateway = await startProduct(shared);
  return {
    gateway,
    subgraphs,
    restart: start,
    async dispose() {
      await gateway.dispose();
      for (const { child } of subgraphs.values()) child.kill('SIGTERM');
      await Promise.all([...subgraphs.values()].map(({ ended }) => ended));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
