export type Industry = 'RETAIL' | 'B2B_SAAS' | 'EDUCATION';

interface Rule {
  months?: readonly number[];
  fromDay?: number;
  factor: number;
}

/** The first rule that holds counts: August is the start of the school year before it is a summer month. */
const rules: Readonly<Record<Industry, readonly Rule[]>> = {
  RETAIL: [
    { months: [10, 11, 12], factor: 1.4 },
    { months: [1, 2], factor: 0.7 },
    { months: [8, 9], factor: 1.2 },
    { months: [6, 7], factor: 0.8 },
  ],
  B2B_SAAS: [
    { months: [12], factor: 1.1 },
    { months: [1], factor: 1.3 },
    { months: [6, 7, 8], factor: 0.9 },
    { fromDay: 25, factor: 1.15 },
  ],
  EDUCATION: [
    { months: [8, 9], factor: 1.5 },
    { months: [1, 2], factor: 1.2 },
    { months: [6, 7, 8], factor: 0.3 },
    { months: [12], factor: 0.5 },
  ],
};

/** Demand of an industry on a day relative to an ordinary day of its year; 1 without an industry. */
export function industryFactor(industry: Industry | null | undefined, month: number, day: number): number {
  if (!industry) return 1;
  const rule = rules[industry].find(
    ({ months, fromDay }) => (months?.includes(month) ?? true) && day >= (fromDay ?? 1),
  );
  return rule?.factor ?? 1;
}
