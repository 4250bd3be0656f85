import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { accountsTruth } from '../truth/accounts.pure.ts';
import { OrdersTruth } from '../truth/orders-truth.ts';
import { stableText } from '../truth/stable.pure.ts';
import type { PaypalRow } from './rows.ts';

export interface PaypalState {
  /** The merchant's number. */
  accountNumber: string;
  /** Payments; one account for each currency of the merchant. */
  orders: OrdersTruth;
  /** Instants of calls. */
  calls: number[];
  /** Rows of a window by currency as they were a moment ago. */
  rows: Map<string, { moment: number; rows: PaypalRow[] }>;
}

export type PaypalDouble = Running<PaypalState>;

/** A report has no zone of its own, so days are those of UTC. */
export function paypalState(environment: Environment): PaypalState {
  const { seed } = environment;
  const accountNumber = stableText(seed, ['paypal', 'merchant'], 13);
  const accounts = accountsTruth('paypal', environment).map((account) => ({
    ...account,
    id: `${accountNumber}/${account.currency}`,
    timeZone: 'UTC',
  }));
  const orders = new OrdersTruth(environment, { world: worldOf('paypal')!, accounts, historyDays: 460, digits: 13 });
  return { accountNumber, orders, calls: [], rows: new Map() };
}

const lateMs = 3 * 3_600_000;

/** Up to when the report knows everything, in ms: it is three hours late. */
export function lastRefreshed({ clock }: PaypalDouble): number {
  return Math.floor((clock.now() - lateMs) / 1000) * 1000;
}
