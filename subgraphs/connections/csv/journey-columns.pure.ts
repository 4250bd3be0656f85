import type { JourneyColumns } from '@liftos/core/ports/memory.ts';

/** Says that a touch has no campaign. */
export const noCampaign = 0xffffffff;

export interface Touch {
  channel: string;
  campaign: string | null;
  /** Days before the conversion; NaN when unknown. */
  age: number;
}

export interface Journey {
  key: string;
  /** `YYYY-MM-DD` of the conversion or the last touch; null without times. */
  date: string | null;
  currency: string;
  conversions: number;
  nulls: number;
  /** Micros. */
  value: bigint;
  touches: readonly Touch[];
}

/** Numbers texts in the order in which they first come. */
class Dictionary {
  readonly values: string[] = [];
  readonly #codes = new Map<string, number>();

  code(value: string): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** Lay journeys out in columns, touches end to end. */
export function journeyColumns(journeys: readonly Journey[]): JourneyColumns {
  const touches = journeys.reduce((sum, journey) => sum + journey.touches.length, 0);
  const channels = new Dictionary();
  const campaigns = new Dictionary();
  const columns: JourneyColumns = {
    key: journeys.map(({ key }) => key),
    date: journeys.map(({ date }) => date),
    currency: journeys.map(({ currency }) => currency),
    conversions: Float64Array.from(journeys, ({ conversions }) => conversions),
    nulls: Float64Array.from(journeys, ({ nulls }) => nulls),
    value: BigInt64Array.from(journeys.map(({ value }) => value)),
    offsets: new Uint32Array(journeys.length + 1),
    channel: new Uint32Array(touches),
    channels: channels.values,
    campaign: new Uint32Array(touches),
    campaigns: campaigns.values,
    age: new Float64Array(touches),
  };
  let at = 0;
  journeys.forEach((journey, index) => {
    for (const touch of journey.touches) {
      columns.channel[at] = channels.code(touch.channel);
      columns.campaign[at] = touch.campaign === null ? noCampaign : campaigns.code(touch.campaign);
      columns.age[at] = touch.age;
      at += 1;
    }
    columns.offsets[index + 1] = at;
  });
  return columns;
}
