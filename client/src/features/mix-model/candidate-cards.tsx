import { DotPlot } from '../../charts/dot-plot.tsx';
import { ForestPlot } from '../../charts/forest-plot.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { compact, decimal, percent } from '../../ui/format.ts';
import { returns } from './mix-names.ts';
import type { Candidate, SearchParts } from './search-result.tsx';

type Channel = Candidate['channels'][number];

const share = (value: number | null): string => percent(value);
const factor = (value: number | null): string => decimal(value);

const shapeFields: FigureField<Channel>[] = [
  { key: 'channel', label: 'Channel', read: (row) => row.name },
  { key: 'share_of_effect', label: 'Effect share', read: (row) => row.shareOfEffect, show: share },
  { key: 'share_of_spend', label: 'Spend share', read: (row) => row.shareOfSpend, show: share },
  { key: 'roi', label: 'ROI', read: (row) => row.roi, show: returns },
  { key: 'decay', label: 'Carried over', read: (row) => row.decay, show: share },
  { key: 'slope', label: 'Slope', read: (row) => row.slope, show: factor },
  { key: 'half', label: 'Half saturation', read: (row) => row.half, show: factor },
];

/** The chosen candidate by channel. */
export function CandidateCard(props: SearchParts) {
  const rows = () => props.chosen.channels.toSorted((a, b) => b.shareOfEffect - a.shareOfEffect);
  const series = [
    { name: 'Share of effect', colour: seriesColour(0), shape: 0 },
    { name: 'Share of spend', colour: seriesColour(1), shape: 1 },
  ];
  return (
    <FigureCard
      title={`Candidate ${props.chosen.number} by channel`}
      hint="Carried over is the share of a period’s effect that goes on in the next; the table has returns and shapes"
      file={`${props.file}-candidate-${props.chosen.number}`}
      rows={rows()}
      fields={shapeFields}
    >
      <DotPlot
        label="Share of effect and of spend by channel; the table has the numbers"
        rows={rows().map(({ name, shareOfEffect, shareOfSpend }) => ({
          label: name,
          values: [shareOfEffect, shareOfSpend],
        }))}
        series={series}
        format={(value) => percent(value, 0)}
      />
    </FigureCard>
  );
}

interface Disagreement {
  channel: string;
  low: number;
  chosen: number;
  high: number;
}

/** From the lowest to the highest return that any of the best candidates gives a channel. */
export function DisagreementCard(props: SearchParts) {
  const rows = (): Disagreement[] =>
    props.chosen.channels
      .map(({ name, roi }, index) => {
        const all = props.search.front.map(({ channels }) => channels[index]!.roi);
        return { channel: name, low: Math.min(...all), chosen: roi, high: Math.max(...all) };
      })
      .toSorted((a, b) => b.high - b.low - (a.high - a.low));
  const isMoney = () => props.search.inputs?.kpi === 'REVENUE';
  const series = [{ name: 'Chosen candidate, within all of the best', colour: seriesColour(0), shape: 0 }];
  const fields: FigureField<Disagreement>[] = [
    { key: 'channel', label: 'Channel', read: (row) => row.channel },
    { key: 'lowest', label: 'Lowest', read: (row) => row.low, show: returns },
    { key: 'chosen', label: 'Chosen', read: (row) => row.chosen, show: returns },
    { key: 'highest', label: 'Highest', read: (row) => row.high, show: returns },
  ];
  return (
    <FigureCard
      title="Where the best disagree"
      hint={`${isMoney() ? 'Return on spend' : 'Conversions per unit of spend'} over all of the best candidates, the widest first: there the data cannot tell, and an experiment would`}
      file={`${props.file}-disagreement`}
      rows={rows()}
      fields={fields}
    >
      <ForestPlot
        label="Range of returns over the best candidates by channel; the table has the numbers"
        rows={rows().map(({ channel, low, chosen, high }) => ({
          label: channel,
          values: [{ mean: chosen, low, high }],
        }))}
        series={series}
        format={returns}
        tick={compact}
        {...(isMoney() ? { reference: 1 } : {})}
      />
      <Legend items={series} />
    </FigureCard>
  );
}
