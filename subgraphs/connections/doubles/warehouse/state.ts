import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment } from '../kit/define-double.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { AdsTruth } from '../truth/ads-truth.ts';

/** Days in which rows still change. */
export const warehouseLateDays = 10;

/** A statement that runs or ran. */
export interface StatementTruth {
  handle: string;
  columns: readonly { name: string; type: 'date' | 'text' | 'decimal' | 'integer' }[];
  rows: readonly (readonly (string | null)[])[];
  /** Why it failed. */
  failure?: string;
  /** How often it was asked after. */
  polls: number;
}

export interface WarehouseState {
  /** Accounts are tables; their ids are the names, `MARKETING.PUBLIC.NORDWIND_EUROPE`. */
  truth: AdsTruth;
  statements: Map<string, StatementTruth>;
  /** Whether the machine behind it is awake. */
  isAwake: boolean;
}

/** A table for each of the usual accounts. */
export function warehouseState(platform: string, nameOf: (account: AccountTruth) => string) {
  return (environment: Environment): WarehouseState => {
    const accounts = accountsTruth(platform, environment).map((one) => ({ ...one, id: nameOf(one) }));
    const world = worldOf(platform)!;
    const truth = new AdsTruth(environment, { world, accounts, lateDays: warehouseLateDays });
    return { truth, statements: new Map(), isAwake: false };
  };
}
