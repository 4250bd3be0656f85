import type { Context } from '@liftos/core/context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { requireRun } from '../runs/run-view.ts';
import { goOn } from './extend-data.pure.ts';
import { foretellInPool } from './foretell.ts';
import type { Foretold } from './foretell.worker.ts';
import { modelVersions, type StoredVersion } from './model-version.runs.ts';
import { requireModel } from './models.view.ts';
import { readVersion, type ReadVersion } from './read-version.ts';

export interface PredictionQuestion {
  readonly modelId: string;
  readonly versionId?: string | null;
  readonly from: string;
  readonly to: string;
  readonly channels?: readonly string[] | null;
  readonly spend?: readonly { readonly channel: string; readonly perDay: number }[] | null;
}

/** Farthest that is looked ahead: two years of weeks. */
const mostDaysAhead = 728;

/** What a model says of a range of periods. Throws NOT_FOUND, CONFLICT for a model that cannot, BAD_USER_INPUT. */
export async function predict(context: Context, question: PredictionQuestion) {
  const version = await versionOf(context, question);
  const read = await readVersion(context, version.mixModelId);
  checkNames(question, read);
  const { begin, end, ahead } = spanOf(question, read);
  const spend = new Map((question.spend ?? []).map(({ channel, perDay }) => [channel, perDay]));
  const data = goOn(read.data, { periods: ahead, periodDays: read.periodDays, spend });
  const task = { kept: read.kept, data, settings: read.settings, begin, end };
  const foretold = await foretellInPool(task, context.signal);
  const known = read.data.dates.length;
  const [periods, geos] = [data.dates.length, data.geos.length];
  const sumAt = (values: Float64Array, period: number): number => {
    let sum = 0;
    for (let geo = 0; geo < geos; geo++) sum += values[geo * periods + period]!;
    return sum;
  };
  const asked = new Set(question.channels ?? read.kept.channels);
  const kpi = read.mix.choice.kpi === 'revenue' ? ('REVENUE' as const) : ('CONVERSIONS' as const);
  const currency = read.mix.inputs!.currency;
  return {
    version,
    kpi,
    currency,
    periods: data.dates.slice(begin, end).map((date, index) => ({
      date,
      actual: begin + index < known ? sumAt(data.kpi, begin + index) : null,
      mean: foretold.kpi.mean[index]!,
      low: foretold.kpi.low[index]!,
      high: foretold.kpi.high[index]!,
    })),
    total: foretold.total,
    channels: data.channels.flatMap(({ name, spend: spent }, index) =>
      asked.has(name)
        ? [
            {
              name,
              spend: Array.from({ length: end - begin }, (_, place) => sumAt(spent, begin + place)),
              ...foretold.channels[index]!,
            },
          ]
        : [],
    ),
    ...describe(foretold, read, { kpi, currency, first: data.dates[begin]!, count: end - begin, ahead }),
  };
}

async function versionOf(context: Context, { modelId, versionId }: PredictionQuestion): Promise<StoredVersion> {
  const model = await requireModel(context, modelId);
  const id = versionId ?? model.championId;
  if (id === null) throw new AppError('CONFLICT', 'The model has no champion. Promote a version or name one.');
  const version = await requireRun(modelVersions, context, id);
  if (version.modelId !== modelId) throw badInput('versionId', 'This version belongs to another model.');
  return version;
}

function checkNames({ channels, spend }: PredictionQuestion, { kept }: ReadVersion): void {
  const unknown = (name: string): boolean => !kept.channels.includes(name);
  const hint = `The model has ${kept.channels.join(', ')}.`;
  const channel = channels?.find(unknown);
  if (channel !== undefined) throw badInput('channels', `There is no channel “${channel}”. ${hint}`);
  const spent = spend?.find((one) => unknown(one.channel));
  if (spent) throw badInput('spend', `There is no channel “${spent.channel}”. ${hint}`);
  const wrong = spend?.find(({ perDay }) => !(perDay >= 0 && perDay < 1e12));
  if (wrong) throw badInput('spend', `${wrong.channel}: spend is a number from 0 on.`);
}

/** The periods that are asked for, as places in the data, and how many of them lie ahead. */
function spanOf({ from, to }: PredictionQuestion, { data, periodDays }: ReadVersion) {
  if (from > to) throw badInput('to', 'The last day must not lie before the first.');
  const [first, last] = [data.dates[0]!, data.dates.at(-1)!];
  const place = (date: string): number => Math.floor(daysBetween(first, date) / periodDays);
  if (from < first) throw badInput('from', `The model knows time from ${first} on.`);
  if (daysBetween(last, to) > mostDaysAhead) throw badInput('to', 'A model foretells two years at most.');
  const end = place(to) + 1;
  return { begin: place(from), end, ahead: Math.max(0, end - data.dates.length) };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

interface About {
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly currency: string;
  readonly first: string;
  readonly count: number;
  readonly ahead: number;
}

function describe({ total }: Foretold, { sameData, periodDays, data }: ReadVersion, about: About) {
  const whole = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
  const unit = about.kpi === 'REVENUE' ? `${about.currency} revenue` : 'conversions';
  const period = periodDays === 7 ? 'weeks' : 'days';
  return {
    conclusion: `${whole(total.mean)} ${unit} are expected in the ${about.count} ${period} from ${about.first}; 90 % interval ${whole(total.low)} to ${whole(total.high)}.`,
    assumptions: [
      'Trend and season go on as the model learned them, and spend works as it did then.',
      ...(about.ahead > 0
        ? [
            'Spend ahead is the daily mean of the last 13 weeks unless another is given.',
            ...(data.events.length + data.controls.length > 0
              ? ['Holidays, events and controls ahead are those of 52 weeks before.']
              : []),
          ]
        : []),
      'What is not explained stays as large as it was and has no memory.',
    ],
    warnings: [
      ...(sameData ? [] : ['The data the model was trained on has changed since.']),
      ...(about.ahead * periodDays > 182 ? ['More than half a year ahead, a trend is a guess.'] : []),
    ],
  };
}
