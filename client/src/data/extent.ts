/** What is stored from one kind of source. */
interface SourceExtent {
  sourceKind: string;
  /** Daily figures. */
  records: number;
  /** Rows of journeys; one row may stand for many customers. */
  journeys: number;
  firstDate: string | null;
  lastDate: string | null;
}

export type Extent = Omit<SourceExtent, 'sourceKind'>;

/** What there is of generated data, or of all other; the two are never added up. */
export function extentOf(bySource: readonly SourceExtent[] | undefined, mock: boolean): Extent {
  const sources = (bySource ?? []).filter(({ sourceKind }) => (sourceKind === 'MOCK') === mock);
  const days = sources.flatMap(({ firstDate, lastDate }) => [firstDate, lastDate]).filter((day) => day !== null);
  days.sort();
  return {
    records: sources.reduce((sum, { records }) => sum + records, 0),
    journeys: sources.reduce((sum, { journeys }) => sum + journeys, 0),
    firstDate: days[0] ?? null,
    lastDate: days.at(-1) ?? null,
  };
}
