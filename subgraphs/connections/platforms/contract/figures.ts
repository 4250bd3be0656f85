import { expect } from 'vitest';
import { addDays, dayIn } from '../../sync/plan-slices.pure.ts';
import type { ContractCase } from './cases.ts';
import type { Ended, Harness } from './harness.ts';

export const today = dayIn(new Date(), 'UTC');
/** First day of most connections: few days are enough to see what goes wrong, and soon read. */
export const recent = addDays(today, -2);

/** The accounts that the credential sees. */
export function accountsOf(harness: Harness, { only }: ContractCase): readonly { id: string; name: string }[] {
  return harness.doubles.accounts(harness.connector.id).filter(({ name }) => only === undefined || name === only);
}

/** Sums in memory equal what the double knows, in each of the figures that it has. */
export function expectTotals(
  harness: Harness,
  given: ContractCase,
  connection: string,
  from: string,
  to: string = today,
): void {
  const { connector, doubles, memory } = harness;
  const streams = [given.main, ...(given.beside ?? [])];
  const rows = streams
    .flatMap((stream) => memory.list(connection, stream))
    .filter(({ date }) => String(date) >= from && String(date) <= to);
  const account = given.only === undefined ? null : accountsOf(harness, given)[0]!.id;
  const totals = doubles.totals(connector.id, { account, from, to });
  for (const figure of given.figures) {
    const sum = rows.reduce((total, row) => total + BigInt(Math.round(Number(row[figure]) * 1000)), 0n);
    expect(Number(sum) / 1000, `${figure} from ${from} to ${to}`).toBeCloseTo(Number(totals[figure]), 1);
  }
  expect(rows.length).toBeGreaterThan(0);
}

export async function withSmallPages(harness: Harness, work: () => Promise<Ended>): Promise<Ended> {
  const streams = harness.connector.live!.streams;
  const sizes = streams.map(({ pageSize }) => pageSize);
  for (const stream of streams) if (stream.pageSize > 0) stream.pageSize = stream.cursor.by === 'update' ? 40 : 10;
  // Where the platform fixes the size of its pages, its double makes them short.
  if (sizes.includes(0)) harness.control('pageRows', { calls: 10 });
  try {
    return await work();
  } finally {
    streams.forEach((stream, index) => (stream.pageSize = sizes[index]!));
  }
}
