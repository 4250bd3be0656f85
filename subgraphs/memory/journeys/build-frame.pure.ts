import type { JourneyFrame, JourneyQuery } from '@liftos/core/ports/memory.ts';
import { dayText } from '../calendar/day-number.pure.ts';
import { ageReader, blockDay, dayOfBlock, type JourneyBlock } from './journey-block.pure.ts';

const microsPerUnit = 1e6;

/** A stored block with its dictionaries. */
export interface ReadBlock {
  block: JourneyBlock;
  replaced: readonly number[];
  channels: readonly string[];
  campaigns: readonly string[];
  currencies: readonly string[];
}

export interface Selected extends ReadBlock {
  /** Journeys of the block that the query asks for; null when all. */
  rows: Uint32Array | null;
  journeys: number;
  touches: number;
}

/** Which journeys of a block a query asks for. */
export function selectJourneys(read: ReadBlock, query: Pick<JourneyQuery, 'from' | 'to'>): Selected {
  const { block, replaced } = read;
  const size = block.lengths.length;
  if (replaced.length === 0 && query.from === undefined && query.to === undefined) {
    return { ...read, rows: null, journeys: size, touches: block.channel.length };
  }
  const gone = new Set(replaced);
  const wanted = dayFilter(query);
  const rows: number[] = [];
  let touches = 0;
  for (let row = 0; row < size; row += 1) {
    if (gone.has(row) || !wanted(block.days[row]!)) continue;
    rows.push(row);
    touches += block.lengths[row]!;
  }
  return { ...read, rows: Uint32Array.from(rows), journeys: rows.length, touches };
}

/** Journeys without a day are in no range. */
function dayFilter({ from, to }: Pick<JourneyQuery, 'from' | 'to'>): (day: number) => boolean {
  if (from === undefined && to === undefined) return () => true;
  const first = from === undefined ? 1 : blockDay(from);
  const last = to === undefined ? Infinity : blockDay(to);
  return (day) => day > 0 && day >= first && day <= last;
}

/** Fills a frame block by block, so that the caller may pause in between. Sizes are known beforehand. */
export class FrameBuilder {
  readonly #unit: JourneyQuery['unit'];
  readonly #codes = new Map<string, number>();
  readonly #currencies = new Set<string>();
  readonly #columns: Pick<JourneyFrame, 'offsets' | 'touches' | 'ages' | 'conversions' | 'nulls' | 'value'>;
  #journeys = 0;
  #touches = 0;
  #firstDay = Infinity;
  #lastDay = -Infinity;

  constructor(unit: JourneyQuery['unit'], journeys: number, touches: number) {
    this.#unit = unit;
    this.#columns = {
      offsets: new Uint32Array(journeys + 1),
      touches: new Uint32Array(touches),
      ages: new Float64Array(touches),
      conversions: new Float64Array(journeys),
      nulls: new Float64Array(journeys),
      value: new Float64Array(journeys),
    };
  }

  add(selected: Selected): void {
    const { block, rows, currencies } = selected;
    const { offsets, touches, ages, conversions, nulls, value } = this.#columns;
    const codeOf = this.#unitCoder(selected);
    const ageOf = ageReader(block);
    const used = new Uint8Array(currencies.length);
    let start = 0;
    let next = 0;
    for (let row = 0; row < block.lengths.length; row += 1) {
      const end = start + block.lengths[row]!;
      if (rows === null || rows[next] === row) {
        next += 1;
        for (let touch = start; touch < end; touch += 1) {
          touches[this.#touches] = codeOf(touch);
          ages[this.#touches] = ageOf(touch);
          this.#touches += 1;
        }
        conversions[this.#journeys] = block.conversions[row]!;
        nulls[this.#journeys] = block.nulls[row]!;
        value[this.#journeys] = block.value[row]! / microsPerUnit;
        used[block.currency[row]!] = 1;
        this.#journeys += 1;
        offsets[this.#journeys] = this.#touches;
        this.#meet(block.days[row]!);
      }
      start = end;
    }
    currencies.forEach((currency, index) => used[index] && this.#currencies.add(currency));
  }

  #meet(day: number): void {
    if (day === 0) return;
    if (day < this.#firstDay) this.#firstDay = day;
    if (day > this.#lastDay) this.#lastDay = day;
  }

  /** Units are numbered as they come, so that only those are listed that occur. */
  #unitCoder({ block, channels, campaigns }: Selected): (touch: number) => number {
    const { channel, campaign } = block;
    const ofChannel = new Int32Array(channels.length).fill(-1);
    const ofCampaign = new Int32Array(campaigns.length + 1).fill(-1);
    const number = (name: string, codes: Int32Array, code: number): number => {
      const known = codes[code]!;
      return known === -1 ? (codes[code] = this.#code(name)) : known;
    };
    if (this.#unit === 'channel') {
      return (touch) => number(channels[channel[touch]!]!, ofChannel, channel[touch]!);
    }
    if (this.#unit === 'channelCampaign') return this.#pairCoder({ block, channels, campaigns });
    return (touch) => {
      const code = campaign[touch]!;
      if (code > 0) return number(campaigns[code - 1]!, ofCampaign, code);
      return number(withoutCampaign(channels[channel[touch]!]!), ofChannel, channel[touch]!);
    };
  }

  #pairCoder({ block, channels, campaigns }: Pick<Selected, 'block' | 'channels' | 'campaigns'>) {
    const { channel, campaign } = block;
    const codes = new Map<number, number>();
    return (touch: number): number => {
      const pair = channel[touch]! * (campaigns.length + 1) + campaign[touch]!;
      const known = codes.get(pair);
      if (known !== undefined) return known;
      const code = this.#code(`${channels[channel[touch]!]!} / ${campaigns[campaign[touch]! - 1] ?? '–'}`);
      codes.set(pair, code);
      return code;
    };
  }

  #code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    this.#codes.set(name, this.#codes.size);
    return this.#codes.size - 1;
  }

  finish(): Omit<JourneyFrame, 'sourceKinds'> {
    const [currency] = this.#currencies;
    return {
      units: [...this.#codes.keys()],
      ...this.#columns,
      currency: this.#currencies.size === 1 ? currency! : null,
      firstDate: this.#firstDay === Infinity ? null : dayText(dayOfBlock(this.#firstDay)),
      lastDate: this.#lastDay === -Infinity ? null : dayText(dayOfBlock(this.#lastDay)),
    };
  }
}

/** What stands for the campaign where a channel has none, in journeys and in sums alike. */
export function withoutCampaign(channel: string): string {
  return `(${channel})`;
}
