import { badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { IngestBatch, JourneyColumns, RecordColumns } from '@liftos/core/ports/memory.ts';
import {
  badRow,
  checkCounts,
  checkCurrencies,
  checkDays,
  checkLengths,
  checkRegions,
  checkSpend,
  checkText,
} from './check-columns.pure.ts';
import { checkItems } from './check-items.pure.ts';

/** Campaign code of a touch without a campaign. */
export const noCampaign = 0xffffffff;

const kinds: readonly string[] = ['live', 'mock', 'file'];
const bases: readonly string[] = ['claimed', 'booked', 'paid'];

/**
 * Refuses a batch that breaks an invariant with BAD_USER_INPUT naming the column and, where it is one, the row (from
 * 1). Senders check rows before; what gets here is wrong as a whole.
 */
export function checkBatch(batch: IngestBatch): void {
  if (!isId(batch.batchId)) throw badInput('batchId', 'A batch has a UUID.');
  if (!isId(batch.connectionId)) throw badInput('connectionId', 'A connection has a UUID.');
  if (batch.syncRunId !== undefined && !isId(batch.syncRunId)) throw badInput('syncRunId', 'A sync run has a UUID.');
  if (!kinds.includes(batch.sourceKind)) throw badInput('sourceKind', 'A source is live, mock or file.');
  if (!bases.includes(batch.basis ?? 'claimed')) throw badInput('basis', 'A basis is claimed, booked or paid.');
  checkText('stream', [batch.stream], true);
  if (batch.account !== undefined) checkText('account', [batch.account], true);
  checkColumns(batch);
}

function checkColumns(batch: IngestBatch): void {
  switch (batch.kind) {
    case 'records':
      return checkRecords(batch.columns);
    case 'items':
      return checkItems(batch.columns);
    case 'journeys':
      return checkJourneys(batch.columns);
  }
}

function checkRecords(columns: RecordColumns): void {
  checkLengths(columns, columns.date.length);
  checkDays(columns.date, false);
  checkText('channel', columns.channel, true);
  for (const name of ['campaign', 'adGroup', 'ad'] as const) checkText(name, columns[name], false);
  checkCurrencies(columns.currency);
  for (const name of ['impressions', 'clicks', 'conversions'] as const) checkCounts(name, columns[name]);
  checkSpend(columns.spend);
  if (columns.entity) checkText('entity', columns.entity, true);
  checkRegions(columns.region);
}

function checkJourneys(columns: JourneyColumns): void {
  const rows = columns.key.length;
  for (const name of ['date', 'currency', 'conversions', 'nulls', 'value'] as const) {
    if (columns[name].length !== rows) throw badInput(name, 'All columns have the same length.');
  }
  checkOffsets(columns, rows);
  checkText('key', columns.key, true);
  checkDays(columns.date, true);
  checkCurrencies(columns.currency);
  checkCounts('conversions', columns.conversions);
  checkCounts('nulls', columns.nulls);
  checkText('channels', columns.channels, true);
  checkText('campaigns', columns.campaigns, true);
  checkTouches(columns);
}

function checkOffsets({ offsets, channel, campaign, age }: JourneyColumns, rows: number): void {
  const rises = offsets.every((offset, index) => index === 0 || offset >= offsets[index - 1]!);
  const fits = offsets.length === rows + 1 && offsets[0] === 0 && offsets[rows] === channel.length;
  if (!rises || !fits) throw badInput('offsets', 'Offsets rise from 0 to the number of touches.');
  if (campaign.length !== channel.length || age.length !== channel.length) {
    throw badInput('age', 'All columns of touches have the same length.');
  }
}

function checkTouches({ channel, channels, campaign, campaigns, age }: JourneyColumns): void {
  const strange = channel.findIndex((code) => code >= channels.length);
  if (strange !== -1) throw badRow('channel', strange, 'A touch names a channel.');
  const lost = campaign.findIndex((code) => code >= campaigns.length && code !== noCampaign);
  if (lost !== -1) throw badRow('campaign', lost, 'A touch names a campaign or none.');
  const endless = age.findIndex((days) => days === Infinity || days === -Infinity);
  if (endless !== -1) throw badRow('age', endless, 'An age is a number of days or unknown.');
}
