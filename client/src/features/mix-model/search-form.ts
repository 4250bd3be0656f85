import type { MixExplorationFieldsFragment } from './exploration.generated.ts';
import type { ControlRow, MixForm } from './mix-form.ts';

type Lower<Name extends string> = Lowercase<Name>;
type Measure = Lower<ControlRow['measure']>;

/** What a search keeps of how it was asked for. */
interface SearchSettings {
  readonly seed: number;
  readonly choice: {
    readonly from: string;
    readonly to: string;
    readonly kpi: Lower<MixForm['kpi']>;
    readonly basis: Lower<MixForm['basis']>;
    readonly period: MixForm['period'];
    readonly media: Lower<MixForm['media']>;
    readonly mock: boolean;
    readonly only: readonly string[] | null;
    readonly holidays: { readonly region: string } | null;
    readonly events: readonly { readonly name: string; readonly dates: readonly string[] }[];
    readonly controls: readonly (
      | { readonly name: string; readonly channel: string; readonly measure: Measure }
      | { readonly name: string; readonly dates: readonly string[]; readonly values: readonly number[] }
    )[];
  };
  readonly model: {
    readonly trend: { readonly kind: 'none' | 'linear' | 'piecewise'; readonly knots?: number };
    readonly seasonality: readonly { readonly name: string; readonly order: number }[];
    readonly lift: readonly { readonly calibrationId?: string }[];
  };
}

/** What a training that follows a search begins with. */
export interface SearchBeginning {
  form: Partial<MixForm>;
  /** Channels that were searched over; null for every one. */
  only: readonly string[] | null;
}

const trends = { none: 'NONE', linear: 'LINEAR', piecewise: 'BENDING' } as const;

/** The form of a training of the same data as a search, believing in the shapes of a candidate if it is one. */
export function beginningOf(
  { settings, front }: Pick<MixExplorationFieldsFragment, 'settings' | 'front'>,
  candidate: number,
): SearchBeginning {
  const { choice, model, seed } = settings as SearchSettings;
  const priors = front.find(({ number }) => number === candidate)?.priors ?? [];
  const form: Partial<MixForm> = {
    from: choice.from,
    to: choice.to,
    kpi: upper(choice.kpi),
    basis: upper(choice.basis),
    period: choice.period,
    media: upper(choice.media),
    mock: choice.mock,
    seed,
    carryOver: 'GEOMETRIC',
    saturation: 'HILL',
    trend: trends[model.trend.kind],
    ...(model.trend.knots ? { trendKnots: model.trend.knots } : {}),
    yearlyWaves: model.seasonality.find(({ name }) => name === 'yearly')?.order ?? 0,
    holidays: choice.holidays?.region ?? '',
    events: choice.events.map(({ name, dates }) => ({ name, dates: dates.join(' ') })),
    controls: choice.controls.map(controlOf),
    calibrationIds: model.lift.flatMap(({ calibrationId }) => calibrationId ?? []),
    priors: priors.map(({ key, channel, kind, parameters }) => ({ key, channel, kind, parameters: [...parameters] })),
  };
  return { form, only: choice.only };
}

function upper<Name extends string>(name: Lowercase<Name>): Name {
  return name.toUpperCase() as Name;
}

function controlOf(control: SearchSettings['choice']['controls'][number]): ControlRow {
  if ('channel' in control) return { ...control, measure: upper(control.measure), values: '' };
  const values = control.dates.map((date, index) => `${date},${control.values[index]}`).join('\n');
  return { name: control.name, channel: '', measure: 'CLICKS', values };
}
