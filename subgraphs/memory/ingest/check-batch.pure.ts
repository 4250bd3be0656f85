import { badInput } from '@liftos/core/errors.ts';
import { isDay } from '@liftos/core/graphql/scalars.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { IngestBatch, JourneyColumns, RecordColumns } from '@liftos/core/ports/memory.ts';

/** Campaign code of a touch without a campaign. */
export const noCampaign = 0xffffffff;

const currencyCode = /^[A-Z]{3}$/;
const kinds: readonly string[] = ['live', 'mock', 'file'];

/**
 * Refuses a batch that breaks an invariant with BAD_USER_INPUT naming the column and, where it is one, the row (from
 * 1). Senders check rows before; what gets here is wrong as a whole.
 */
export function checkBatch(batch: IngestBatch): void {
  if (!isId(batch.batchId)) throw badInput('batchId', 'A batch has a UUID.');
  if (!isId(batch.connectionId)) throw badInput('connectionId', 'A connection has a UUID.');
  if (batch.syncRunId !== undefined && !isId(batch.syncRunId)) throw badInput('syncRunId', 'A sync run has a UUID.');
  if (!kinds.includes(batch.sourceKind)) throw badInput('sourceKind', 'A source is live, mock or file.');
  checkText('stream', [batch.stream], true);
  if (batch.kind === 'records') checkRecords(batch.columns);
  else checkJourneys(batch.columns);
}

function checkRecords(columns: RecordColumns): void {
  const rows = columns.date.length;
  for (const [name, column] of Object.entries(columns)) {
    if ((column as ArrayLike<unknown>).length !== rows) throw badInput(name, 'All columns have the same length.');
  }
  checkDays(columns.date, false);
  checkText('channel', columns.channel, true);
  for (const name of ['campaign', 'adGroup', 'ad'] as const) checkText(name, columns[name], false);
  checkCurrencies(columns.currency);
  for (const name of ['impressions', 'clicks', 'conversions'] as const) checkCounts(name, columns[name]);
  const negative = columns.spend.findIndex((value) => value < 0n);
  if (negative !== -1) throw badRow('spend', negative, 'Spend is not negative.');
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

function checkDays(days: readonly (string | null)[], mayLack: boolean): void {
  const good = new Set<string | null>(mayLack ? [null] : []);
  days.forEach((day, index) => {
    if (good.has(day)) return;
    if (day === null || !isDay(day)) throw badRow('date', index, 'A date is a day written YYYY-MM-DD.');
    good.add(day);
  });
}

function checkText(name: string, texts: readonly (string | null)[], needed: boolean): void {
  const bad = texts.findIndex((text) => (text === null || text === '' ? needed : text.includes('\0')));
  if (bad !== -1) throw badRow(name, bad, needed ? 'A text is needed, without NUL.' : 'A text holds no NUL.');
}

function checkCurrencies(codes: readonly string[]): void {
  const bad = codes.findIndex((code, index) => code !== codes[index - 1] && !currencyCode.test(code));
  if (bad !== -1) throw badRow('currency', bad, 'A currency is a code of three letters such as EUR.');
}

function checkCounts(name: string, values: Float64Array): void {
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad !== -1) throw badRow(name, bad, 'A count is a number and not negative.');
}

function badRow(field: string, index: number, message: string): Error {
  return badInput(field, message, { row: index + 1 });
}
