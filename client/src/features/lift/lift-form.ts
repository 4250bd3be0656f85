import { addDays } from '../../ui/range.ts';
import type { EvaluateLiftInput, LiftMethod, LiftRecordsInput } from './lift.generated.ts';

/** The settings of methods as they stand in the form. */
export interface MethodForm {
  method: LiftMethod;
  level: number;
  variant: 'PLAIN' | 'RIDGE' | 'SYNTHETIC_DID';
  fixedEffects: boolean;
  permutations: 'SHIFTS' | 'ORDERS';
  aggregation: 'SIMPLE' | 'EVENT' | 'GROUP' | 'CALENDAR';
  notYetTreated: boolean;
  seasons: number;
  trend: boolean;
  draws: number;
  /** As typed; empty for none. */
  spendChange: string;
  name: string;
}

export const initialMethod: MethodForm = {
  method: 'SYNTHETIC_CONTROL',
  level: 0.9,
  variant: 'RIDGE',
  fixedEffects: true,
  permutations: 'SHIFTS',
  aggregation: 'GROUP',
  notYetTreated: false,
  seasons: 1,
  trend: false,
  draws: 1000,
  spendChange: '',
  name: '',
};

/** What stands in the address of a form that reads records. */
export interface RecordsForm {
  kpi: NonNullable<LiftRecordsInput['kpi']>;
  basis: NonNullable<LiftRecordsInput['basis']>;
  unit: NonNullable<LiftRecordsInput['unit']>;
  period: NonNullable<LiftRecordsInput['period']>;
  from: string;
  to: string;
  start: string;
  end: string;
  treated: string[];
  controls: string[];
  spendChannel: string;
  currency: string;
  mock: boolean;
}

type Params = (name: string) => string | undefined;

function oneOf<Value extends string>(values: readonly Value[], wanted: string | undefined): Value {
  return values.find((value) => value.toLowerCase() === wanted) ?? values[0]!;
}

const lists = (text: string | undefined): string[] => (text ? text.split('|').filter(Boolean) : []);

/** The last four weeks as treated, and half a year of data where there is as much. */
function usualDays(to: string, firstDate: string | null): { from: string; start: string } {
  if (!to) return { from: '', start: '' };
  const early = addDays(to, -179);
  return { from: firstDate !== null && firstDate > early ? firstDate : early, start: addDays(to, -27) };
}

/** Reads the form from the address; what is missing is filled from what the organisation has. */
export function readRecords(
  get: Params,
  extent: { firstDate: string | null; lastDate: string | null; hasRegions: boolean; onlyMock: boolean },
): RecordsForm {
  const to = get('to') ?? extent.lastDate ?? '';
  const days = usualDays(to, extent.firstDate);
  return {
    kpi: oneOf(['REVENUE', 'CONVERSIONS', 'SPEND', 'CLICKS', 'IMPRESSIONS'], get('kpi')),
    basis: oneOf(['CLAIMED', 'BOOKED', 'PAID'], get('basis')),
    unit: oneOf(extent.hasRegions ? ['REGION', 'CHANNEL', 'CAMPAIGN'] : ['CHANNEL', 'REGION', 'CAMPAIGN'], get('unit')),
    period: oneOf(['DAY', 'WEEK'], get('period')),
    from: get('from') ?? days.from,
    to,
    start: get('start') ?? days.start,
    end: get('end') ?? '',
    treated: lists(get('treated')),
    controls: lists(get('controls')),
    spendChannel: get('channel') ?? '',
    currency: get('currency') ?? '',
    mock: get('source') === undefined ? extent.onlyMock : get('source') === 'mock',
  };
}

/** Parts of the address for a change of the form. */
export function writeRecords(change: Partial<RecordsForm>): Record<string, string | null> {
  const names: Record<keyof RecordsForm, string> = {
    kpi: 'kpi',
    basis: 'basis',
    unit: 'unit',
    period: 'period',
    from: 'from',
    to: 'to',
    start: 'start',
    end: 'end',
    treated: 'treated',
    controls: 'controls',
    spendChannel: 'channel',
    currency: 'currency',
    mock: 'source',
  };
  const coded = new Set(['kpi', 'basis', 'unit', 'period']);
  return Object.fromEntries(
    Object.entries(change).map(([key, value]) => {
      const text = Array.isArray(value) ? value.join('|') : key === 'mock' ? (value ? 'mock' : 'real') : String(value);
      return [names[key as keyof RecordsForm], (coded.has(key) ? text.toLowerCase() : text) || null];
    }),
  );
}

/** The records part of the input. */
export function toRecords(form: RecordsForm): LiftRecordsInput {
  const { controls, end, spendChannel, currency, ...rest } = form;
  return {
    ...rest,
    controls: controls.length > 0 ? controls : null,
    end: end || null,
    spendChannel: spendChannel || null,
    currency: currency || null,
  };
}

/** The input without its data. */
export function toMethod(form: MethodForm): Omit<EvaluateLiftInput, 'records' | 'panel'> {
  const { method, level, name, spendChange } = form;
  const typed = spendChange.trim() === '' ? null : Number(spendChange);
  return {
    method,
    level,
    name: name.trim() || null,
    spendChange: typed !== null && Number.isFinite(typed) ? typed : null,
    ...(method === 'SYNTHETIC_CONTROL'
      ? {
          syntheticControl: { variant: form.variant, fixedEffects: form.fixedEffects, permutations: form.permutations },
        }
      : {}),
    ...(method === 'DIFFERENCE_IN_DIFFERENCES'
      ? {
          differences: {
            aggregation: form.aggregation,
            controlGroup: form.notYetTreated ? 'NOT_YET_TREATED' : 'NEVER_TREATED',
          },
        }
      : {}),
    ...(method === 'CAUSAL_IMPACT'
      ? { causalImpact: { draws: form.draws, seasons: form.seasons, trend: form.trend } }
      : {}),
  };
}
