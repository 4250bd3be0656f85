import { dayNumber } from '../../mock/calendar.pure.ts';
import { journeysOfDay } from '../../mock/journeys.pure.ts';
import { Random } from '../../mock/random.pure.ts';
import type { World } from '../../mock/worlds.pure.ts';
import type { Environment, Totals, TotalsQuery } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { AccountTruth } from './accounts.pure.ts';
import { personTruth, type PersonTruth } from './people.pure.ts';
import { stableDigits } from './stable.pure.ts';
import { visitOf, type VisitTruth } from './visits.pure.ts';
import { dayIn, startOfDay } from './zone.pure.ts';

const dayMs = 86_400_000;
/** Journeys that end so many days ahead are already under way now. */
const lookAheadDays = 45;

/** Somebody a company knows. Instants in milliseconds since 1970. */
export interface ContactTruth extends PersonTruth {
  createdAt: number;
  updatedAt: number;
  /** Visits so far, in the order of time. */
  visits: readonly VisitTruth[];
  /** The deal it led to, once that was opened. */
  deal: DealTruth | null;
}

/** A chance of a sale as it stands now. Money in micros. */
export interface DealTruth {
  id: string;
  name: string;
  contactId: string;
  amount: bigint;
  currency: string;
  stage: 'new' | 'qualified' | 'proposal' | 'won' | 'lost';
  createdAt: number;
  updatedAt: number;
  /** When it was won or lost; when that is expected while it is open. */
  closeAt: number;
  /** Stages so far, the last one being the present. */
  history: readonly { stage: DealTruth['stage']; at: number }[];
}

interface Options {
  world: World;
  accounts: readonly AccountTruth[];
  /** Days of history; 500 when absent. */
  historyDays?: number;
  digits?: number;
}

/** What a CRM knows: contacts with their visits, and deals that move through stages as the clock does. */
export class DealsTruth {
  readonly accounts: readonly AccountTruth[];
  readonly firstDay: number;
  readonly #environment: Environment;
  readonly #options: Options;
  readonly #days = new Map<string, ContactTruth[]>();
  readonly #contacts = new Memo<ContactTruth[]>();

  constructor(environment: Environment, options: Options) {
    this.#environment = environment;
    this.#options = options;
    this.accounts = options.accounts;
    this.firstDay = Math.floor(environment.clock.now() / dayMs) - (options.historyDays ?? 500);
  }

  account(id: string): AccountTruth | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  /** Every contact that is known by now, by id. */
  contacts(account: AccountTruth): ContactTruth[] {
    if (account.kind === 'empty') return [];
    return this.#contacts.of(this.#environment, account.id, () => this.#known(account));
  }

  #known(account: AccountTruth): ContactTruth[] {
    const now = this.#environment.clock.now();
    const last = dayIn(account.timeZone, now) + lookAheadDays;
    const contacts: ContactTruth[] = [];
    for (let day = this.firstDay; day <= last; day += 1) contacts.push(...this.#day(account, day));
    return contacts
      .filter(({ createdAt }) => createdAt <= now)
      .map((contact) => asOf(contact, now))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Every deal that was opened by now, by id. */
  deals(account: AccountTruth): DealTruth[] {
    return this.contacts(account)
      .flatMap(({ deal }) => deal ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Deals won on the days as conversions and revenue; deals opened on them as orders. */
  totals({ account, from, to }: TotalsQuery): Totals {
    const read = this.accounts.filter(({ id, kind }) => kind !== 'forbidden' && (account === null || id === account));
    const sums = { orders: 0, conversions: 0, revenue: 0n };
    for (const one of read) {
      const begin = startOfDay(one.timeZone, dayNumber(from));
      const end = startOfDay(one.timeZone, dayNumber(to) + 1);
      const within = (at: number): boolean => at >= begin && at < end;
      for (const deal of this.deals(one)) {
        if (within(deal.createdAt)) sums.orders += 1;
        if (deal.stage !== 'won' || !within(deal.closeAt)) continue;
        sums.conversions += 1;
        sums.revenue += deal.amount;
      }
    }
    return { ...sums, revenue: String(sums.revenue) };
  }

  /** Contacts whose journey ends on a day, with everything that will ever happen to them. */
  #day(account: AccountTruth, day: number): ContactTruth[] {
    const key = `${account.id}/${day}`;
    const known = this.#days.get(key) ?? this.#make(account, day);
    this.#days.set(key, known);
    return known;
  }

  #make(account: AccountTruth, day: number): ContactTruth[] {
    const { seed } = this.#environment;
    const { world, digits = 13 } = this.#options;
    const begin = startOfDay(account.timeZone, day);
    return journeysOfDay(world, seed + account.index, day, account.currency).map((journey, index) => {
      const random = new Random(seed + account.index, 'deal', world.platform, day, index);
      // Business is done by day: from 8 to 18 o'clock.
      const closeAt = begin + Math.floor((8 + 10 * random.uniform()) * 3600) * 1000;
      const visits = journey.touches.map((touch) => visitOf(touch, closeAt - 3_600_000));
      const person = personTruth(seed, world.platform, `${account.index}/${day}/${index}`);
      const createdAt = visits[0]!.at;
      const hasDeal = journey.conversions > 0 || random.uniform() < 0.25;
      const last = visits.at(-1)!;
      const lostValue = BigInt(Math.round(world.channels[0]!.conversionValue * random.factor(0.4))) * 1_000_000n;
      const deal = hasDeal
        ? dealOf({
            id: stableDigits(seed, [world.platform, account.index, 'deal', day, index], digits),
            name: `${person.company} – ${last.campaign ?? last.channel}`,
            contactId: person.id,
            amount: journey.conversions > 0 ? journey.value : lostValue,
            currency: account.currency,
            openedAt: createdAt + Math.floor((closeAt - createdAt) * 0.4),
            closeAt,
            isWon: journey.conversions > 0,
          })
        : null;
      return { ...person, createdAt, updatedAt: closeAt, visits, deal };
    });
  }
}

interface Plan extends Pick<DealTruth, 'id' | 'name' | 'contactId' | 'amount' | 'currency' | 'closeAt'> {
  openedAt: number;
  isWon: boolean;
}

function dealOf({ openedAt, isWon, ...plan }: Plan): DealTruth {
  const at = (share: number): number => Math.round((openedAt + (plan.closeAt - openedAt) * share) / 1000) * 1000;
  const history: DealTruth['history'] = [
    { stage: 'new', at: at(0) },
    { stage: 'qualified', at: at(0.3) },
    { stage: 'proposal', at: at(0.6) },
    { stage: isWon ? 'won' : 'lost', at: plan.closeAt },
  ];
  return { ...plan, stage: history[3]!.stage, createdAt: history[0]!.at, updatedAt: plan.closeAt, history };
}

/** Leaves away what has not happened yet. */
function asOf(contact: ContactTruth, now: number): ContactTruth {
  const visits = contact.visits.filter(({ at }) => at <= now);
  const deal = contact.deal && contact.deal.createdAt <= now ? dealAsOf(contact.deal, now) : null;
  const updatedAt = Math.max(contact.createdAt, visits.at(-1)?.at ?? 0, deal?.updatedAt ?? 0);
  return { ...contact, visits, deal, updatedAt };
}

function dealAsOf(deal: DealTruth, now: number): DealTruth {
  const history = deal.history.filter(({ at }) => at <= now);
  const { stage, at } = history.at(-1)!;
  return { ...deal, history, stage, updatedAt: at };
}
