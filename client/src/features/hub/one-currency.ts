interface Amount {
  amount: number;
  currency: string;
}

interface Sums {
  key: string;
  spend: Amount;
  revenue: Amount;
  impressions: number;
  clicks: number;
  conversions: number;
  roas: number | null;
  revenueBasis: 'CLAIMED' | 'BOOKED' | 'PAID' | null;
}

/** The currencies in these rows, the wished one first, then by name. */
export function currenciesIn(rows: readonly { spend: Amount }[], wished: string | undefined): string[] {
  const found = [...new Set(rows.map((row) => row.spend.currency))].toSorted();
  return found.toSorted((a, b) => Number(b === wished) - Number(a === wished));
}

/**
 * Sums of the rows of one currency; null without any. Amounts of different currencies are never added up.
 * The basis is that of the rows: over time all rows of a currency have the same one.
 */
export function sumCurrency(rows: readonly Sums[], currency: string | undefined): Sums | null {
  const chosen = rows.filter((row) => row.spend.currency === currency);
  if (chosen.length === 0 || !currency) return null;
  const sum = (read: (row: Sums) => number): number => chosen.reduce((total, row) => total + read(row), 0);
  const spend = sum((row) => row.spend.amount);
  const revenue = sum((row) => row.revenue.amount);
  return {
    key: '',
    spend: { amount: spend, currency },
    revenue: { amount: revenue, currency },
    impressions: sum((row) => row.impressions),
    clicks: sum((row) => row.clicks),
    conversions: sum((row) => row.conversions),
    roas: spend > 0 ? revenue / spend : null,
    revenueBasis: chosen.find((row) => row.revenueBasis !== null)?.revenueBasis ?? null,
  };
}
