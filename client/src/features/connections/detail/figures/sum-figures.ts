interface Amount {
  /** Millionths, as text. */
  micros: string;
}

interface Row {
  spend: Amount & { currency: string };
  revenue: Amount;
  impressions: number;
  clicks: number;
  conversions: number;
  revenueBasis: 'CLAIMED' | 'BOOKED' | 'PAID' | null;
}

/** What came in of one currency. Amounts in whole units. */
export interface Figures {
  currency: string;
  spend: number;
  revenue: number;
  impressions: number;
  clicks: number;
  conversions: number;
  revenueBasis: Row['revenueBasis'];
}

/** One sum for each currency, by name; amounts are added exactly and those of two currencies never. */
export function sumFigures(rows: readonly Row[]): Figures[] {
  const currencies = [...new Set(rows.map(({ spend }) => spend.currency))].toSorted();
  return currencies.map((currency) =>
    sumOf(
      currency,
      rows.filter(({ spend }) => spend.currency === currency),
    ),
  );
}

function sumOf(currency: string, rows: readonly Row[]): Figures {
  const count = (read: (row: Row) => number): number => rows.reduce((sum, row) => sum + read(row), 0);
  const money = (read: (row: Row) => Amount): number =>
    Number(rows.reduce((sum, row) => sum + BigInt(read(row).micros), 0n)) / 1e6;
  return {
    currency,
    spend: money(({ spend }) => spend),
    revenue: money(({ revenue }) => revenue),
    impressions: count(({ impressions }) => impressions),
    clicks: count(({ clicks }) => clicks),
    conversions: count(({ conversions }) => conversions),
    revenueBasis: rows.find(({ revenueBasis }) => revenueBasis !== null)?.revenueBasis ?? null,
  };
}
