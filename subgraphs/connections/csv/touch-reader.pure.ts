import { Cells } from './cells.pure.ts';
import type { ImportPlan } from './import-plan.pure.ts';
import { placesOf } from './import-plan.pure.ts';
import { journeyColumns, type Journey, type Touch } from './journey-columns.pure.ts';
import { fingerprint } from './key-set.pure.ts';
import { journeyBatch, longestJourney, touchBatch } from './path-reader.pure.ts';
import type { ReadColumns, Reader } from './reader.pure.ts';
import type { RowErrors } from './row-errors.pure.ts';

const dayMs = 86_400_000;

interface OpenTouch {
  channel: string;
  campaign: string | null;
  /** Milliseconds, or days before the conversion. */
  when: number;
}

interface OpenJourney {
  convertedAt: number | null;
  conversions: number | null;
  value: bigint;
  currency: string;
  touches: OpenTouch[];
}

/** The part of the journeys that one pass over a file collects. */
export interface Share {
  index: number;
  of: number;
}

/**
 * Collects rows of single touches into journeys. Touches of a journey may stand anywhere in the file, so a journey is
 * complete only at its end; large files are read in several passes, each keeping its share of the journeys in memory.
 * A journey that converted several times gives one journey per conversion.
 */
export class TouchReader implements Reader {
  accepted = 0;
  /** Two touches at the same time are two touches. */
  readonly duplicates = 0;
  readonly cells: Cells;
  readonly #plan: ImportPlan;
  readonly #places: ReturnType<typeof placesOf>;
  readonly #share: Share;
  readonly #open = new Map<string, OpenJourney>();

  constructor(plan: ImportPlan, errors: RowErrors, share: Share = { index: 0, of: 1 }) {
    this.#plan = plan;
    this.#places = placesOf(plan);
    this.#share = share;
    this.cells = new Cells(errors, plan.decimal, plan.dateFormat);
  }

  add(row: readonly string[], line: number): boolean {
    const { cells } = this;
    const places = this.#places;
    cells.row(row, line);
    if (fingerprint(cells.raw(places.JOURNEY!).trim())[0] % this.#share.of !== this.#share.index) return false;
    const name = cells.text(places.JOURNEY!);
    const channel = cells.text(places.CHANNEL!);
    const campaign = cells.optionalText(places.CAMPAIGN);
    const convertedAt = places.CONVERTED_AT ? cells.instant(places.CONVERTED_AT) : null;
    const when = this.#when(convertedAt);
    const conversions = places.CONVERSIONS ? cells.count(places.CONVERSIONS) : null;
    const value = cells.money(places.REVENUE, true);
    const currency = cells.currency(places.CURRENCY, this.#plan.currency);
    if (cells.failed) return false;
    const journey = this.#journey(name!, convertedAt!, currency!);
    if (journey.touches.length >= longestJourney) {
      cells.refuse(places.JOURNEY!, 'TOO_MANY_TOUCHES', `The journey has more than ${longestJourney} touches.`);
      return false;
    }
    journey.touches.push({ channel: channel!, campaign: campaign!, when: when! });
    if (conversions !== null) journey.conversions = Math.max(journey.conversions ?? 0, conversions!);
    if (value! > journey.value) journey.value = value!;
    this.accepted += 1;
    return false;
  }

  #when(convertedAt: number | null | undefined): number | undefined {
    const { cells } = this;
    const { TOUCHED_AT, DAYS_BEFORE_CONVERSION } = this.#places;
    if (DAYS_BEFORE_CONVERSION && !TOUCHED_AT) {
      const days = cells.money(DAYS_BEFORE_CONVERSION, false);
      return days === undefined ? undefined : Number(days) / 1e6;
    }
    const instant = cells.instant(TOUCHED_AT!);
    if (instant === null) return cells.refuse(TOUCHED_AT!, 'MISSING');
    if (instant !== undefined && convertedAt != null && instant > convertedAt) {
      return cells.refuse(TOUCHED_AT!, 'TOUCH_AFTER_CONVERSION', 'The touch is later than the conversion.');
    }
    return instant;
  }

  #journey(name: string, convertedAt: number | null, currency: string): OpenJourney {
    const key = convertedAt === null ? name : `${name}@${new Date(convertedAt).toISOString()}`;
    const known = this.#open.get(key);
    if (known) return known;
    const journey: OpenJourney = { convertedAt, conversions: null, value: 0n, currency, touches: [] };
    this.#open.set(key, journey);
    return journey;
  }

  /** A journey may go on until the last row, so nothing is ready before. */
  take(): null {
    return null;
  }

  *rest(): Generator<ReadColumns> {
    const timed = this.#places.TOUCHED_AT !== undefined;
    const canConvert = this.#places.CONVERTED_AT !== undefined;
    let journeys: Journey[] = [];
    let touches = 0;
    for (const [key, open] of this.#open) {
      const journey = close(key, open, timed, canConvert);
      journeys.push(journey);
      touches += journey.touches.length;
      if (journeys.length < journeyBatch && touches < touchBatch) continue;
      yield { kind: 'journeys', columns: journeyColumns(journeys) };
      journeys = [];
      touches = 0;
    }
    if (journeys.length > 0) yield { kind: 'journeys', columns: journeyColumns(journeys) };
    this.#open.clear();
  }
}

/** Order the touches and count the ending. Without a time of conversion the last touch stands for it. */
function close(key: string, open: OpenJourney, timed: boolean, canConvert: boolean): Journey {
  const sign = timed ? 1 : -1;
  const ordered = open.touches.toSorted((a, b) => sign * (a.when - b.when));
  const end = open.convertedAt ?? (timed ? ordered.at(-1)!.when : null);
  const conversions = open.conversions ?? (hasConverted(open, timed, canConvert) ? 1 : 0);
  const touches: Touch[] = ordered.map(({ channel, campaign, when }) => ({
    channel,
    campaign,
    age: timed ? (end! - when) / dayMs : when,
  }));
  return {
    key,
    date: end === null ? null : new Date(end).toISOString().slice(0, 10),
    currency: open.currency,
    conversions,
    nulls: conversions === 0 ? 1 : 0,
    value: open.value,
    touches,
  };
}

/** In a file that counts no conversions: a time of conversion says so, ages imply it, and so does a value. */
function hasConverted(open: OpenJourney, timed: boolean, canConvert: boolean): boolean {
  if (canConvert) return open.convertedAt !== null;
  return !timed || open.value > 0n;
}
