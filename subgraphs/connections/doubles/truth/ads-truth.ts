import { dayNumber, dayText } from '../../mock/calendar.pure.ts';
import { dailyRows, type DailyRow } from '../../mock/daily-figures.pure.ts';
import { Random } from '../../mock/random.pure.ts';
import type { World } from '../../mock/worlds.pure.ts';
import type { Environment, Totals, TotalsQuery } from '../kit/define-double.ts';
import type { AccountTruth } from './accounts.pure.ts';
import { seenSoFar } from './late.pure.ts';
import { stableDigits } from './stable.pure.ts';
import { dayIn, startOfDay } from './zone.pure.ts';

const dayMs = 86_400_000;

/** A campaign, ad group or advertisement. */
export interface Entity {
  id: string;
  name: string;
  /** The level above; null for campaigns. */
  parent: Entity | null;
  /** What the mock generator calls the channel; platforms do not know it, but it decides objective and placement. */
  channel: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

/** A day of an advertisement as far as the platform knows it now. Money in micros. */
export interface AdDay {
  day: number;
  date: string;
  ad: Entity;
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: bigint;
  /** Conversions that the advertisement caused; platforms claim more. */
  caused: number;
}

interface Options {
  world: World;
  accounts: readonly AccountTruth[];
  /** Days in which conversions still arrive. */
  lateDays: number;
  /** Digits of the ids of campaigns and below. */
  digits?: number;
  /** Days of history; 1100 when absent. */
  historyDays?: number;
}

/** What an advertising platform knows: its accounts, what runs in them, and daily figures that still grow. */
export class AdsTruth {
  readonly accounts: readonly AccountTruth[];
  readonly historyDays: number;
  readonly firstDay: number;
  readonly #environment: Environment;
  readonly #options: Options;
  readonly #entities = new Map<string, Entity[]>();
  readonly #days = new Map<string, DailyRow[]>();

  constructor(environment: Environment, options: Options) {
    this.#environment = environment;
    this.#options = options;
    this.accounts = options.accounts;
    this.historyDays = options.historyDays ?? 1100;
    this.firstDay = Math.floor(environment.clock.now() / dayMs) - this.historyDays;
  }

  account(id: string): AccountTruth | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  campaigns(account: AccountTruth): Entity[] {
    return unique(this.adGroups(account).map(({ parent }) => parent!));
  }

  adGroups(account: AccountTruth): Entity[] {
    return unique(this.ads(account).map(({ parent }) => parent!));
  }

  /** Advertisements in a fixed order. Names follow a `rename` at once, with the instant of the change. */
  ads(account: AccountTruth): Entity[] {
    if (account.kind === 'empty') return [];
    const { renamed } = this.#environment.faults;
    const key = `${account.id}/${[...renamed].map(([id, { name }]) => `${id}=${name}`).join()}`;
    const known = this.#entities.get(key) ?? this.#makeAds(account);
    this.#entities.set(key, known);
    return known;
  }

  /** Today in the account's zone, as days since 1970. */
  today(account: AccountTruth): number {
    return dayIn(account.timeZone, this.#environment.clock.now());
  }

  /** Figures of all advertisements from one day to another, inclusive, ordered by day. Nothing lies in the future. */
  days(account: AccountTruth, from: string, to: string): AdDay[] {
    if (account.kind === 'empty') return [];
    const first = Math.max(dayNumber(from), this.firstDay);
    const last = Math.min(dayNumber(to), this.today(account));
    const rows: AdDay[] = [];
    const gone = this.#environment.faults.withdrawing.has(account.id) ? 1 : 0;
    for (let day = first; day <= last; day += 1) rows.push(...this.#day(account, day).slice(gone));
    return rows;
  }

  /** Sums over days and accounts that may be read; independent of any paging. */
  totals({ account, from, to }: TotalsQuery): Totals {
    const read = this.accounts.filter(({ id, kind }) => kind !== 'forbidden' && (account === null || id === account));
    const rows = read.flatMap((one) => this.days(one, from, to));
    const count = (of: (row: AdDay) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
    return {
      spend: String(rows.reduce((sum, { spend }) => sum + spend, 0n)),
      impressions: count(({ impressions }) => impressions),
      clicks: count(({ clicks }) => clicks),
      conversions: count(({ conversions }) => conversions),
      revenue: String(rows.reduce((sum, { revenue }) => sum + revenue, 0n)),
    };
  }

  #day(account: AccountTruth, day: number): AdDay[] {
    const { world, lateDays } = this.#options;
    const { seed, clock, size } = this.#environment;
    const key = `${account.id}/${day}`;
    const final = this.#days.get(key) ?? dailyRows({ ...world, baseline: null }, seed + account.index, day);
    this.#days.set(key, final);
    const ads = this.ads(account);
    const begin = startOfDay(account.timeZone, day);
    const age = (clock.now() - begin) / dayMs;
    const elapsed = Math.min(1, age);
    const date = dayText(day);
    return final.flatMap((row, index) => {
      const overclaim = world.channels.find(({ channel }) => channel === row.channel)!.overclaim;
      const random = new Random(seed, 'late', world.platform, account.index, day, index);
      const seen = seenSoFar(row.conversions, age, lateDays, random);
      const revenue = row.conversions === 0 ? 0n : (row.revenue * BigInt(seen)) / BigInt(row.conversions);
      const spentCents = ((row.spend / 10_000n) * BigInt(Math.round(elapsed * 1e6))) / 1_000_000n;
      return Array.from({ length: size }, (_, part): AdDay => {
        const conversions = share(seen, part, size);
        return {
          day,
          date,
          ad: ads[index * size + part]!,
          spend: shareOf(spentCents, part, size) * 10_000n,
          impressions: share(Math.floor(row.impressions * elapsed), part, size),
          clicks: share(Math.floor(row.clicks * elapsed), part, size),
          conversions,
          revenue: shareOf(revenue / 10_000n, part, size) * 10_000n,
          caused: conversions / overclaim,
        };
      });
    });
  }

  #makeAds(account: AccountTruth): Entity[] {
    const { world } = this.#options;
    const { seed, size } = this.#environment;
    const rows = dailyRows({ ...world, baseline: null }, seed + account.index, this.firstDay);
    const campaigns = new Map<string, Entity>();
    const groups = new Map<string, Entity>();
    return rows.flatMap((row) => {
      const campaign =
        campaigns.get(row.campaign!) ?? this.#entity(account, 'campaign', row.campaign!, null, row.channel);
      campaigns.set(row.campaign!, campaign);
      const group = groups.get(row.adGroup!) ?? this.#entity(account, 'group', row.adGroup!, campaign, row.channel);
      groups.set(row.adGroup!, group);
      return Array.from({ length: size }, (_, part) => {
        const name = size === 1 ? row.ad! : `${row.ad!} ${part + 1}`;
        return this.#entity(account, `ad/${part}/${row.ad!}`, name, group, row.channel);
      });
    });
  }

  #entity(account: AccountTruth, level: string, name: string, parent: Entity | null, channel: string): Entity {
    const { seed, faults } = this.#environment;
    const { world, digits = 15 } = this.#options;
    const keys = [world.platform, account.index, level, parent?.id ?? '', name];
    const id = stableDigits(seed, keys, digits);
    const random = new Random(seed, 'created', ...keys);
    const createdAt = (this.firstDay - 30 * random.uniform()) * dayMs;
    const change = parent === null ? faults.nameOf(id, name) : { name, changedAt: null };
    return {
      id,
      name: change.name,
      parent,
      channel,
      createdAt: Math.round(createdAt / 1000) * 1000,
      updatedAt: Math.round((change.changedAt ?? createdAt + 40 * random.uniform() * dayMs) / 1000) * 1000,
    };
  }
}

function unique(entities: readonly Entity[]): Entity[] {
  return [...new Set(entities)];
}

/** The nth of so many parts of a whole number; the parts add up to it. */
function share(total: number, part: number, parts: number): number {
  return Math.floor((total * (part + 1)) / parts) - Math.floor((total * part) / parts);
}

function shareOf(total: bigint, part: number, parts: number): bigint {
  return (total * BigInt(part + 1)) / BigInt(parts) - (total * BigInt(part)) / BigInt(parts);
}
