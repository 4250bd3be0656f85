import { endOfDay, startOfDay } from '../engine/day-bounds.pure.ts';
import type { Account, Stream } from '../platforms/connector.ts';
import { lanes } from '../tables.ts';
import { addDays, dayIn } from './plan-slices.pure.ts';

/** How far a stream of an account was read without a gap. */
export interface Position {
  stream: string;
  accountId: string;
  lastDay: string;
  readUntil: Date | null;
}

export interface PlannedLiveSlice {
  stream: string;
  account: Account;
  /** Null for streams that are read whole. */
  from: string | null;
  to: string | null;
  since: Date | null;
  until: Date | null;
  lane: number;
}

export interface LivePlan {
  streams: readonly Pick<Stream, 'name' | 'cursor' | 'delivers'>[];
  accounts: readonly Account[];
  positions: readonly Position[];
  /** First day of the connection. */
  start: string;
  now: Date;
  /** Only these days, whatever was read before. */
  days?: { from: string; to: string };
}

/** Days that count as fresh besides those that are read again; people look at them first. */
const freshDays = 7;

/**
 * Cut what is to be read into slices of an account and a window. Each begins a little before where the last sync
 * ended: nothing can fall between two syncs, and what is read twice replaces itself. Names come first, then fresh days,
 * then the past from its newest day backwards.
 */
export function planLive(plan: LivePlan): PlannedLiveSlice[] {
  const readable = plan.accounts.filter(({ state }) => state === 'ok');
  const slices = readable.flatMap((account) => plan.streams.flatMap((stream) => slicesOf(plan, stream, account)));
  return slices.sort((a, b) => a.lane - b.lane || (b.from ?? '').localeCompare(a.from ?? ''));
}

type PlannedStream = LivePlan['streams'][number];

function slicesOf(plan: LivePlan, stream: PlannedStream, account: Account): PlannedLiveSlice[] {
  const position = plan.positions.find(
    ({ stream: name, accountId }) => name === stream.name && accountId === account.id,
  );
  if (stream.cursor.by === 'none') {
    if (plan.days) return [];
    const lane = stream.delivers.every((kind) => kind === 'entities') ? lanes.entities : lanes.fresh;
    return [{ stream: stream.name, account, from: null, to: null, since: null, until: null, lane }];
  }
  return stream.cursor.by === 'day'
    ? daySlices(plan, stream.name, stream.cursor, account, position)
    : updateSlices(plan, stream.name, stream.cursor, account, position);
}

interface DayCursor {
  lookbackDays: number;
  windowDays: number;
  historyDays: number;
  lateHours?: number;
}

function daySlices(
  plan: LivePlan,
  stream: string,
  cursor: DayCursor,
  account: Account,
  position: Position | undefined,
): PlannedLiveSlice[] {
  const { timeZone } = account;
  const closed = new Date(plan.now.getTime() - (cursor.lateHours ?? 0) * 3_600_000);
  const today = dayIn(closed, timeZone);
  const { first, last } = daysToRead(plan, cursor, today, position);
  const freshFrom = addDays(today, -cursor.lookbackDays - freshDays);
  const slices: PlannedLiveSlice[] = [];
  for (let from = first; from <= last; from = addDays(from, cursor.windowDays)) {
    const end = addDays(from, cursor.windowDays - 1);
    const to = end < last ? end : last;
    const until = to === today ? closed : endOfDay(to, timeZone);
    const lane = to >= freshFrom && !plan.days ? lanes.fresh : lanes.past;
    slices.push({ stream, account, from, to, since: startOfDay(from, timeZone), until, lane });
  }
  return slices;
}

function daysToRead(
  { start, days }: LivePlan,
  cursor: DayCursor,
  today: string,
  position: Position | undefined,
): { first: string; last: string } {
  const oldest = addDays(today, -cursor.historyDays);
  if (days) return { first: latest(days.from, oldest), last: days.to < today ? days.to : today };
  const again = position ? addDays(position.lastDay, 1 - Math.max(1, cursor.lookbackDays)) : start;
  return { first: latest(again, start, oldest), last: today };
}

function updateSlices(
  { start, now, days }: LivePlan,
  stream: string,
  cursor: { overlapSeconds: number; windowDays: number; historyDays: number; lateHours?: number },
  account: Account,
  position: Position | undefined,
): PlannedLiveSlice[] {
  const { timeZone } = account;
  const closed = new Date(now.getTime() - (cursor.lateHours ?? 0) * 3_600_000);
  const delivered = addDays(dayIn(now, timeZone), -cursor.historyDays);
  const oldest = startOfDay(days ? delivered : latest(delivered, start), timeZone);
  const again = position?.readUntil
    ? new Date(position.readUntil.getTime() - cursor.overlapSeconds * 1000)
    : startOfDay(start, timeZone);
  const wanted = days ? startOfDay(days.from, timeZone) : again;
  const end = days ? new Date(Math.min(closed.getTime(), endOfDay(days.to, timeZone).getTime())) : closed;
  const windowMs = cursor.windowDays * 86_400_000;
  const slices: PlannedLiveSlice[] = [];
  for (let since = Math.max(wanted.getTime(), oldest.getTime()); since < end.getTime(); since += windowMs) {
    const until = Math.min(since + windowMs, end.getTime());
    const lane = until === end.getTime() && !days ? lanes.fresh : lanes.past;
    const from = dayIn(new Date(since), timeZone);
    const to = dayIn(new Date(until - 1), timeZone);
    slices.push({ stream, account, from, to, since: new Date(since), until: new Date(until), lane });
  }
  return slices;
}

function latest(...days: string[]): string {
  return days.reduce((a, b) => (a > b ? a : b));
}
