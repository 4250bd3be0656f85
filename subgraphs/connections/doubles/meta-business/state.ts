import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth } from '../truth/accounts.pure.ts';
import { AdsTruth } from '../truth/ads-truth.ts';

/** A report that is being made; it is ready when it was asked after three times. */
export interface ReportRun {
  id: string;
  account: string;
  parameters: URLSearchParams;
  polls: number;
}

export interface MetaState {
  truth: AdsTruth;
  runs: Map<string, ReportRun>;
  /** Instants of calls by account, `app` for those without; what the usage headers tell. */
  calls: Map<string, number[]>;
  /** Rows of insights that are being paged. */
  rows: Memo<unknown[]>;
}

export type MetaDouble = Running<MetaState>;

/** Days in which conversions of a day still change. */
export const metaLateDays = 28;

export function metaState(environment: Environment): MetaState {
  const accounts = accountsTruth('meta_business', environment, 15);
  const truth = new AdsTruth(environment, {
    world: worldOf('meta_business')!,
    accounts,
    lateDays: metaLateDays,
    historyDays: 1200,
  });
  return { truth, runs: new Map(), calls: new Map(), rows: new Memo() };
}

/** Where Meta takes a token from: the header, else the query or the form. */
export function metaToken(request: DoubleRequest): string | null {
  return request.bearer() ?? request.input().get('access_token');
}
