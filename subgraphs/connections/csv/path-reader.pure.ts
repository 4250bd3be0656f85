import { Cells } from './cells.pure.ts';
import type { ImportPlan } from './import-plan.pure.ts';
import { placesOf } from './import-plan.pure.ts';
import { journeyColumns, type Journey } from './journey-columns.pure.ts';
import type { ReadColumns, Reader } from './reader.pure.ts';
import type { RowErrors } from './row-errors.pure.ts';

/** Journeys of a batch; touches are what takes space, so a batch also ends at this many of them. */
export const journeyBatch = 2000;
export const touchBatch = 50_000;
/** Longer journeys are refused: no customer sees an advertisement that often. */
export const longestJourney = 10_000;

/**
 * Turns rows that hold a whole path, and count how many journeys took it, into journeys. Such rows have no identity,
 * and the same path may stand in several; their place in the file is their key, so nothing is merged or lost.
 */
export class PathReader implements Reader {
  accepted = 0;
  /** The same path may stand in a file often. */
  readonly duplicates = 0;
  readonly cells: Cells;
  readonly #plan: ImportPlan;
  readonly #places: ReturnType<typeof placesOf>;
  #journeys: Journey[] = [];
  #touches = 0;

  constructor(plan: ImportPlan, errors: RowErrors) {
    this.#plan = plan;
    this.#places = placesOf(plan);
    this.cells = new Cells(errors, plan.decimal, plan.dateFormat);
  }

  add(row: readonly string[], line: number): boolean {
    const { cells } = this;
    const places = this.#places;
    cells.row(row, line);
    const channels = this.#channels();
    const date = places.DATE ? cells.day(places.DATE) : null;
    const currency = cells.currency(places.CURRENCY, this.#plan.currency);
    const conversions = cells.count(places.CONVERSIONS);
    const nulls = cells.count(places.NULLS);
    const value = cells.money(places.REVENUE, true);
    if (cells.failed) return false;
    this.#journeys.push({
      key: `${this.#plan.fileKey}:${line}`,
      date: date!,
      currency: currency!,
      conversions: conversions!,
      nulls: nulls!,
      value: value!,
      touches: channels!.map((channel) => ({ channel, campaign: null, age: Number.NaN })),
    });
    this.accepted += 1;
    this.#touches += channels!.length;
    return this.#journeys.length >= journeyBatch || this.#touches >= touchBatch;
  }

  #channels(): string[] | undefined {
    const { cells } = this;
    const place = this.#places.PATH!;
    const path = cells.raw(place).trim();
    if (path === '') return cells.refuse(place, 'MISSING');
    if (path.includes('\u0000') || path.includes('\ufffd')) return cells.refuse(place, 'BAD_CHARACTER');
    const channels = path.split(/\s*(?:>|→)\s*/);
    if (channels.length > longestJourney) return cells.refuse(place, 'TOO_MANY_TOUCHES', 'The path is too long.');
    if (channels.includes('')) return cells.refuse(place, 'EMPTY_TOUCH', 'A touch of the path is empty.');
    if (channels.some((channel) => channel.length > 1024)) return cells.refuse(place, 'TOO_LONG');
    return channels;
  }

  take(): ReadColumns | null {
    if (this.#journeys.length === 0) return null;
    const columns = journeyColumns(this.#journeys);
    this.#journeys = [];
    this.#touches = 0;
    return { kind: 'journeys', columns };
  }

  *rest(): Generator<ReadColumns> {
    const last = this.take();
    if (last) yield last;
  }
}
