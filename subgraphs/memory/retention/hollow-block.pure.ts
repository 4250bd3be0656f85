import { dayText } from '../calendar/day-number.pure.ts';
import type { ReadBlock } from '../journeys/build-frame.pure.ts';
import { blockDay, dayOfBlock, type JourneyBlock } from '../journeys/journey-block.pure.ts';
import { narrow, packColumns, type Column } from '../journeys/pack-columns.pure.ts';

/** Places in a block: of journeys that were live and are too old, and of all that are not live afterwards. */
export interface TooOld {
  removed: number[];
  dead: number[];
}

/** Journeys without a day are as old as their block. */
export function findTooOld(
  { block, replaced }: Pick<ReadBlock, 'block' | 'replaced'>,
  keptFrom: string,
  isBlockOld: boolean,
): TooOld {
  const first = blockDay(keptFrom);
  const dead = new Set(replaced);
  const removed: number[] = [];
  for (let row = 0; row < block.lengths.length; row += 1) {
    const day = block.days[row]!;
    if (dead.has(row) || (day === 0 ? !isBlockOld : day >= first)) continue;
    removed.push(row);
    dead.add(row);
  }
  return { removed, dead: [...dead].sort((a, b) => a - b) };
}

export interface Hollow {
  packed: Uint8Array<ArrayBuffer>;
  channels: string[];
  campaigns: string[];
  firstDate: string | null;
  lastDate: string | null;
}

/**
 * A block without what the dead journeys held. Their places stay, empty, so that the others keep theirs; names that
 * only they used go as well.
 */
export function hollowBlock(read: ReadBlock, dead: readonly number[]): Hollow {
  const { block } = read;
  const gone = new Set(dead);
  const rowIsLive = (_: number, row: number): boolean => !gone.has(row);
  const touchIsLive = liveTouches(block, gone);
  const blank = (column: Column): Column => {
    const copy = column.slice();
    for (const row of gone) copy[row] = 0;
    return copy;
  };
  const live = (column: Column): Column => column.filter((_, touch) => touchIsLive[touch] === 1);
  const channels = compact(live(block.channel), read.channels, 0);
  const campaigns = compact(live(block.campaign), read.campaigns, 1);
  const days = Array.from(block.days.filter(rowIsLive)).filter((day) => day > 0);
  const hollow: JourneyBlock = {
    lengths: blank(block.lengths),
    days: blank(block.days),
    currency: blank(block.currency),
    conversions: blank(block.conversions),
    nulls: blank(block.nulls),
    value: blank(block.value),
    channel: channels.codes,
    campaign: campaigns.codes,
    age: live(block.age),
  };
  const dayOf = (day: number): string => dayText(dayOfBlock(day));
  return {
    packed: packColumns(Object.values(hollow) as Column[]),
    channels: channels.names,
    campaigns: campaigns.names,
    firstDate: days.length > 0 ? dayOf(days.reduce((a, b) => Math.min(a, b))) : null,
    lastDate: days.length > 0 ? dayOf(days.reduce((a, b) => Math.max(a, b))) : null,
  };
}

function liveTouches({ lengths, channel }: JourneyBlock, gone: ReadonlySet<number>): Uint8Array {
  const isLive = new Uint8Array(channel.length).fill(1);
  let at = 0;
  for (let row = 0; row < lengths.length; row += 1) {
    const end = at + lengths[row]!;
    if (gone.has(row)) isLive.fill(0, at, end);
    at = end;
  }
  return isLive;
}

/** The names that codes use, and the codes for them. Codes below `base` stand for no name. */
function compact(codes: Column, names: readonly string[], base: number): { codes: Column; names: string[] } {
  const places = new Map<number, number>();
  const renamed = Uint32Array.from(codes, (code) => {
    if (code < base) return code;
    const known = places.get(code);
    if (known !== undefined) return known;
    places.set(code, places.size + base);
    return places.size - 1 + base;
  });
  return { codes: narrow(renamed), names: [...places.keys()].map((code) => names[code - base]!) };
}
