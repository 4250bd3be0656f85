interface Period {
  /** Month * 100 + day, inclusive. A period may run over the end of the year. */
  from: number;
  to: number;
  factor: number;
}

const boxingWeek: Period = { from: 1226, to: 102, factor: 1.2 };
const augustPause: Period = { from: 801, to: 825, factor: 0.8 };
const winterSales: Period = { from: 107, to: 131, factor: 1.1 };

/** Yearly periods on fixed days in which a country's demand differs from the general pattern; rules of thumb. */
const periods: Readonly<Record<string, readonly Period[]>> = {
  CN: [
    { from: 601, to: 618, factor: 1.2 },
    { from: 1101, to: 1111, factor: 1.4 },
  ],
  JP: [{ from: 429, to: 505, factor: 1.15 }],
  GB: [boxingWeek],
  IE: [boxingWeek],
  CA: [boxingWeek],
  AU: [boxingWeek],
  NZ: [boxingWeek],
  FR: [winterSales, augustPause],
  IT: [winterSales, augustPause],
  ES: [winterSales, augustPause],
};

/** Multiplier of a country, or a part of one, on a day; 1 where nothing is known. */
export function regionalFactor(region: string, month: number, day: number): number {
  const at = month * 100 + day;
  const found = periods[region.slice(0, 2).toUpperCase()]?.find(({ from, to }) =>
    from <= to ? at >= from && at <= to : at >= from || at <= to,
  );
  return found?.factor ?? 1;
}
