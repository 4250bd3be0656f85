import type { JourneyFrame, MemoryPort, SourceKind, UnitTotals } from '@liftos/core/ports/memory.ts';
import type { Journeys } from '../journey-frame.pure.ts';

interface Stored {
  readonly sourceKind: SourceKind;
  readonly journeys: Journeys;
  readonly currency: string | null;
  readonly date: string | null;
}

/** The memory port over journeys held in process: what a test puts in for an organisation is what that one reads. */
export interface MemoryDouble extends Pick<MemoryPort, 'journeys' | 'totals'> {
  put(organizationId: string, journeys: Journeys, about?: Partial<Omit<Stored, 'journeys'>>): void;
  putSpend(organizationId: string, totals: readonly UnitTotals[]): void;
  /** Reading waits for this, so that a test can act in between. */
  hold: () => Promise<void>;
}

/** A memory port without anything in it. One set of journeys per organisation and kind of source. */
export function createMemoryDouble(): MemoryDouble {
  const stored = new Map<string, Stored>();
  const spend = new Map<string, readonly UnitTotals[]>();
  const double: MemoryDouble = {
    hold: () => Promise.resolve(),
    put(organizationId, journeys, about = {}) {
      const entry: Stored = { sourceKind: 'file', currency: 'EUR', date: '2026-03-01', ...about, journeys };
      stored.set(`${organizationId} ${entry.sourceKind}`, entry);
    },
    putSpend: (organizationId, totals) => void spend.set(organizationId, totals),
    async journeys({ organizationId }, { sourceKinds }) {
      await double.hold();
      return frameOf(sourceKinds.map((kind) => stored.get(`${organizationId} ${kind}`)).find(Boolean));
    },
    totals: ({ organizationId }) => Promise.resolve([...(spend.get(organizationId) ?? [])]),
  };
  return double;
}

/** A copy each time: readers move the buffers away. */
function frameOf(entry: Stored | undefined): JourneyFrame {
  const { units = [], ...columns } = entry?.journeys ?? {};
  const empty = { offsets: new Uint32Array(1), touches: new Uint32Array(), ages: new Float64Array() };
  const none = { ...empty, conversions: new Float64Array(), nulls: new Float64Array(), value: new Float64Array() };
  return {
    ...structuredClone({ ...none, ...columns }),
    units: [...units],
    currency: entry?.currency ?? null,
    firstDate: entry?.date ?? null,
    lastDate: entry?.date ?? null,
    sourceKinds: entry ? [entry.sourceKind] : [],
  };
}
