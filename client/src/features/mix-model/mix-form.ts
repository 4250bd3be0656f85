import { addDays } from '../../ui/range.ts';
import type {
  MixCarryOver,
  MixControlInput,
  MixEventInput,
  MixMedia,
  MixMeasure,
  MixPriorInput,
  MixSaturation,
  MixTrend,
  TrainMixModelInput,
} from './mix-model.generated.ts';

/** What a person brings of their own: days with a name, or a series. */
export interface EventRow {
  name: string;
  /** Days separated by spaces or commas. */
  dates: string;
}

export interface ControlRow {
  name: string;
  /** Of the records; empty for given values. */
  channel: string;
  measure: MixMeasure;
  /** One `date,value` per line. */
  values: string;
}

/** The form of a training. */
export interface MixForm {
  from: string;
  to: string;
  kpi: 'REVENUE' | 'CONVERSIONS';
  basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  period: 'DAY' | 'WEEK';
  geo: 'NATIONAL' | 'REGION';
  mock: boolean;
  /** Channels left out. */
  without: string[];
  media: MixMedia;
  carryOver: MixCarryOver;
  saturation: MixSaturation;
  trend: MixTrend;
  trendKnots: number;
  yearlyWaves: number;
  holdout: number;
  /** Country or part of one; empty for none. */
  holidays: string;
  events: EventRow[];
  controls: ControlRow[];
  /** Priors that were changed. */
  priors: MixPriorInput[];
  calibrationIds: string[];
  chains: number;
  draws: number;
  acceptance: number;
  seed: number;
}

/** A form over the last three years that there are, at most. */
export function initialForm(first: string | null, last: string | null, today: string): MixForm {
  const to = last ?? today;
  const from = addDays(to, -7 * 156 + 1);
  return {
    from: first && first > from ? first : from,
    to,
    kpi: 'REVENUE',
    basis: 'CLAIMED',
    period: 'WEEK',
    geo: 'NATIONAL',
    mock: false,
    without: [],
    media: 'SPEND',
    carryOver: 'GEOMETRIC',
    saturation: 'LOGISTIC',
    trend: 'BENDING',
    trendKnots: 2,
    yearlyWaves: 2,
    holdout: 0,
    holidays: '',
    events: [],
    controls: [],
    priors: [],
    calibrationIds: [],
    chains: 4,
    draws: 1000,
    acceptance: 0.9,
    seed: 1,
  };
}

/** The input that a form stands for; `spending` are the channels with spend. */
export function toInput(form: MixForm, spending: readonly string[]): TrainMixModelInput {
  const { without, holidays, events, controls, priors, ...rest } = form;
  const only = spending.filter((name) => !without.includes(name));
  return {
    ...rest,
    ...(without.length > 0 && only.length > 0 ? { onlyChannels: only } : {}),
    ...(holidays.trim() ? { holidays: { region: holidays.trim() } } : {}),
    events: events.filter(({ name, dates }) => name.trim() && dates.trim()).map(toEvent),
    controls: controls.filter(({ name }) => name.trim()).map(toControl),
    priors: priors.filter(({ channel }) => !channel || !without.includes(channel)),
  };
}

function toEvent({ name, dates }: EventRow): MixEventInput {
  return { name: name.trim(), dates: dates.split(/[\s,;]+/).filter(Boolean) };
}

function toControl({ name, channel, measure, values }: ControlRow): MixControlInput {
  if (channel) return { name: name.trim(), channel, measure };
  const lines = values
    .split('\n')
    .map((line) => line.trim().split(/[\s,;\t]+/))
    .filter(([date, value]) => date && value);
  return { name: name.trim(), dates: lines.map(([date]) => date!), values: lines.map(([, value]) => Number(value)) };
}
