import type { RecordColumns } from '@liftos/core/ports/memory.ts';
import { Cells } from './cells.pure.ts';
import type { ImportPlan } from './import-plan.pure.ts';
import { placesOf } from './import-plan.pure.ts';
import { KeySet } from './key-set.pure.ts';
import type { ReadColumns, Reader } from './reader.pure.ts';
import type { RowErrors } from './row-errors.pure.ts';

/** Rows of a batch; one statement stores them. */
export const recordBatch = 5000;

/** Turns rows of daily figures into columns, a batch at a time. */
export class RecordReader implements Reader {
  accepted = 0;
  /** Rows whose key stood in the file before; the last one counts. */
  duplicates = 0;
  readonly cells: Cells;
  readonly #plan: ImportPlan;
  readonly #places: ReturnType<typeof placesOf>;
  readonly #seen = new KeySet();
  #rowOfKey = new Map<string, number>();
  #batch = emptyBatch();
  #size = 0;

  constructor(plan: ImportPlan, errors: RowErrors) {
    this.#plan = plan;
    this.#places = placesOf(plan);
    this.cells = new Cells(errors, plan.decimal, plan.dateFormat);
  }

  add(row: readonly string[], line: number): boolean {
    const { cells } = this;
    const places = this.#places;
    cells.row(row, line);
    const date = cells.day(places.DATE!);
    const channel = places.CHANNEL ? cells.text(places.CHANNEL) : this.#plan.channel!;
    const campaign = cells.optionalText(places.CAMPAIGN);
    const adGroup = cells.optionalText(places.AD_GROUP);
    const ad = cells.optionalText(places.AD);
    const region = cells.optionalText(places.REGION);
    const currency = cells.currency(places.CURRENCY, this.#plan.currency);
    const spend = cells.money(places.SPEND, false);
    const impressions = cells.count(places.IMPRESSIONS);
    const clicks = cells.count(places.CLICKS);
    const conversions = cells.count(places.CONVERSIONS);
    const revenue = cells.money(places.REVENUE, true);
    if (cells.failed) return false;
    const about = `${date}\u0001${channel}\u0001${campaign ?? ''}\u0001${adGroup ?? ''}\u0001${ad ?? ''}`;
    const at = this.#place(region ? `${about}\u0001${region}` : about);
    const batch = this.#batch;
    batch.date[at] = date!;
    batch.channel[at] = channel!;
    batch.campaign[at] = campaign!;
    batch.adGroup[at] = adGroup!;
    batch.ad[at] = ad!;
    if (places.REGION) batch.region[at] = region!;
    batch.currency[at] = currency!;
    batch.spend[at] = spend!;
    batch.impressions[at] = impressions!;
    batch.clicks[at] = clicks!;
    batch.conversions[at] = conversions!;
    batch.revenue[at] = revenue!;
    this.accepted += 1;
    return this.#size === recordBatch;
  }

  /** A key that is in the batch already keeps its place: one statement cannot store a row twice. */
  #place(key: string): number {
    if (this.#seen.seen(key)) this.duplicates += 1;
    const known = this.#rowOfKey.get(key);
    if (known !== undefined) return known;
    this.#rowOfKey.set(key, this.#size);
    this.#size += 1;
    return this.#size - 1;
  }

  take(): ReadColumns | null {
    const size = this.#size;
    if (size === 0) return null;
    const { spend, impressions, clicks, conversions, revenue, region, ...texts } = this.#batch;
    const columns: RecordColumns = {
      ...texts,
      ...(this.#places.REGION ? { region } : {}),
      spend: spend.slice(0, size),
      impressions: impressions.slice(0, size),
      clicks: clicks.slice(0, size),
      conversions: conversions.slice(0, size),
      revenue: revenue.slice(0, size),
    };
    this.#batch = emptyBatch();
    this.#rowOfKey = new Map();
    this.#size = 0;
    return { kind: 'records', columns };
  }

  *rest(): Generator<ReadColumns> {
    const last = this.take();
    if (last) yield last;
  }
}

function emptyBatch(): Required<Omit<RecordColumns, 'entity'>> {
  return {
    date: [],
    channel: [],
    campaign: [],
    adGroup: [],
    ad: [],
    region: [],
    currency: [],
    spend: new BigInt64Array(recordBatch),
    impressions: new Float64Array(recordBatch),
    clicks: new Float64Array(recordBatch),
    conversions: new Float64Array(recordBatch),
    revenue: new BigInt64Array(recordBatch),
  };
}
