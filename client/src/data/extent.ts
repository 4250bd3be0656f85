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

const nothing: Extent = { records: 0, journeys: 0, firstDate: null, lastDate: null };

/** What there is of generated data, or of all other; the two are never added up. */
export function extentOf(bySource: readonly SourceExtent[] | undefined, mock: boolean): Extent {
  const sources = (bySource ?? []).filter(({ sourceKind }) => (sourceKind === 'MOCK') === mock);
  return sources.reduce<Extent>(
    (sum, source) => ({
      records: sum.records + source.records,
      journeys: sum.journeys + source.journeys,
      firstDate: [sum.firstDate, source.firstDate].filter((day) => day !== null).toSorted()[0] ?? null,
      lastDate:
        [sum.lastDate, source.lastDate]
          .filter((day) => day !== null)
          .toSorted()
          .at(-1) ?? null,
    }),
    nothing,
  );
}
