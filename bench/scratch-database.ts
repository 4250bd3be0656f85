import { Client } from 'pg';

/** A new database of its own on a server, and how to remove it. */
export async function scratchDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `liftos_bench_${process.pid}_${Date.now().toString(36)}`;
  const admin = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`drop database ${name} with (force)`) };
}
