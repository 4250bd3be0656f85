import { ForestPlot } from '../../charts/forest-plot.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { compact, decimal, money, percent } from '../../ui/format.ts';
import type { MixModelFieldsFragment } from './mix-model.generated.ts';
import { kpiValue, returns } from './mix-names.ts';
import type { Shown } from './mix-result.tsx';

type Channel = MixModelFieldsFragment['channels'][number];
type Interval = Channel['roi'];

/** A figure with its interval as three columns. */
function intervalFields<Row>(
  key: string,
  label: string,
  read: (row: Row) => Interval | null,
  show: (value: number | null) => string,
): FigureField<Row>[] {
  return [
    { key, label, read: (row) => read(row)?.mean ?? null, show },
    { key: `${key}_low`, label: 'From', read: (row) => read(row)?.low ?? null, show },
    { key: `${key}_high`, label: 'To', read: (row) => read(row)?.high ?? null, show },
  ];
}

const name: FigureField<Channel> = { key: 'channel', label: 'Channel', read: (row) => row.name };

function byReturn(channels: readonly Channel[]): Channel[] {
  return channels.toSorted((a, b) => b.roi.mean - a.roi.mean);
}

/** Returns on all spend and on the last of it, with intervals. */
export function ReturnsCard(props: Shown) {
  const rows = () => byReturn(props.model.channels);
  const series = [
    { name: 'ROI', colour: seriesColour(0), shape: 0 },
    { name: 'Marginal ROI, of the last 1 %', colour: seriesColour(1), shape: 1 },
  ];
  const isMoney = props.inputs.kpi === 'REVENUE';
  return (
    <FigureCard
      title={isMoney ? 'Return on spend' : 'Conversions per unit of spend'}
      hint="Means with 90 % intervals"
      file={`${props.file}-returns`}
      rows={rows()}
      fields={[
        name,
        ...intervalFields<Channel>('roi', 'ROI', (row) => row.roi, returns),
        ...intervalFields<Channel>('marginal_roi', 'Marginal', (row) => row.marginalRoi, returns),
      ]}
    >
      <ForestPlot
        label="Return on spend by channel with intervals; the table has the numbers"
        rows={rows().map((row) => ({ label: row.name, values: [row.roi, row.marginalRoi] }))}
        series={series}
        format={returns}
        tick={compact}
        {...(isMoney ? { reference: 1 } : {})}
      />
      <Legend items={series} />
    </FigureCard>
  );
}

/** What channels cost beside what they did. */
export function SharesCard(props: Shown) {
  const total = () => props.model.channels.reduce((sum, { spend }) => sum + spend, 0);
  const rows = () => props.model.channels.toSorted((a, b) => b.shareOfEffect.mean - a.shareOfEffect.mean);
  const share = (value: number | null): string => percent(value);
  const series = [
    { name: 'Share of effect', colour: seriesColour(0), shape: 0 },
    { name: 'Share of spend', colour: seriesColour(1), shape: 1 },
  ];
  const spent = (row: Channel): number => row.spend / total();
  return (
    <FigureCard
      title="Share of effect and of spend"
      hint="Of all channels together; effects with 90 % intervals"
      file={`${props.file}-shares`}
      rows={rows()}
      fields={[
        name,
        ...intervalFields<Channel>('share_of_effect', 'Effect', (row) => row.shareOfEffect, share),
        { key: 'share_of_spend', label: 'Spend', read: spent, show: share },
      ]}
    >
      <ForestPlot
        label="Share of effect and of spend by channel; the table has the numbers"
        rows={rows().map((row) => ({
          label: row.name,
          values: [row.shareOfEffect, { mean: spent(row), low: spent(row), high: spent(row) }],
        }))}
        series={series}
        format={share}
        tick={(value) => percent(value, 0)}
      />
      <Legend items={series} />
    </FigureCard>
  );
}

/** Every channel in numbers. */
export function SummaryCard(props: Shown) {
  const kpi = (value: number | null): string => kpiValue(value, props.inputs);
  const share = (value: number | null): string => percent(value);
  return (
    <FigureCard
      title="Channels in numbers"
      hint="Contribution, its share of the KPI, and half-life of the effect in periods; 90 % intervals"
      file={`${props.file}-channels`}
      rows={byReturn(props.model.channels)}
      fields={[
        name,
        {
          key: 'spend',
          label: 'Spend',
          read: (row) => row.spend,
          show: (value) => money(value, props.inputs.currency),
        },
        ...intervalFields<Channel>('contribution', 'Contribution', (row) => row.contribution, kpi),
        ...intervalFields<Channel>('share_of_kpi', 'Of the KPI', (row) => row.shareOfKpi, share),
        ...intervalFields<Channel>(
          'half_life',
          'Half-life',
          (row) => row.halfLife,
          (value) => decimal(value, 1),
        ),
      ]}
    />
  );
}

type RegionRow = Channel['regions'][number] & { channel: string };

/** What channels did in each region. */
export function RegionsCard(props: Shown) {
  const rows = (): RegionRow[] =>
    props.model.channels.flatMap(({ name, regions }) => regions.map((region) => ({ ...region, channel: name })));
  return (
    <FigureCard
      title="By region"
      hint="Drawn towards the channel’s return in all regions where a region says little"
      file={`${props.file}-regions`}
      rows={rows()}
      fields={[
        { key: 'channel', label: 'Channel', read: (row) => row.channel },
        { key: 'region', label: 'Region', read: (row) => row.region },
        {
          key: 'spend',
          label: 'Spend',
          read: (row) => row.spend,
          show: (value) => money(value, props.inputs.currency),
        },
        ...intervalFields<RegionRow>(
          'contribution',
          'Contribution',
          (row) => row.contribution,
          (value) => kpiValue(value, props.inputs),
        ),
        ...intervalFields<RegionRow>('roi', 'ROI', (row) => row.roi, returns),
      ]}
    />
  );
}
