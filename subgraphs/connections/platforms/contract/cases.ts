import type { Context } from '@liftos/core/context.ts';
import { shim } from '../../credentials/credential.service.ts';
import type { Doubles } from '../../doubles/start-doubles.ts';
import type { Credential, Values } from '../auth-method.ts';
import type { Connector } from '../connector.ts';

/** How a connector is let in by its double, and what of it can be compared. */
export interface ContractCase {
  /** The id of the auth method. */
  method: string;
  /** Values of its fields. */
  secrets?: Values;
  settings?: Values;
  /** The stream whose rows the double's totals are about; facts or items. */
  main: string;
  /** Figures of the totals that its rows add up to. */
  figures: readonly ('spend' | 'impressions' | 'clicks' | 'conversions' | 'revenue')[];
}

export const cases: Readonly<Record<string, ContractCase>> = {
  meta_business: {
    method: 'system_user',
    secrets: { token: 'EAAdoubleSystemUserToken' },
    main: 'ad_daily',
    figures: ['spend', 'impressions', 'clicks', 'conversions', 'revenue'],
  },
};

export async function letIn(
  _context: Context,
  _connector: Connector,
  given: ContractCase,
  _doubles: Doubles,
  id: string,
): Promise<void> {
  const credential: Credential = { values: given.secrets ?? {}, extra: {} };
  shim.set(id, credential);
  await Promise.resolve();
}
