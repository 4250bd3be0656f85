import { For } from 'solid-js';
import { BandChart } from '../../charts/band-chart.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import { FigureCard, type FigureField } from '../../ui/figure-card.tsx';
import { money } from '../../ui/format.ts';
import type { MixModelFieldsFragment } from './mix-model.generated.ts';
import { kpiTick, kpiValue } from './mix-names.ts';
import type { Shown } from './mix-result.tsx';

type Channel = MixModelFieldsFragment['channels'][number];

interface CurveRow {
  channel: string;
  spend: number;
  mean: number;
  low: number;
  high: number;
  seen: string;
}

function rowsOf({ name, curve }: Channel): CurveRow[] {
  return curve.spend.map((spend, index) => ({
    channel: name,
    spend,
    mean: curve.mean[index]!,
    low: curve.low[index]!,
    high: curve.high[index]!,
    seen: spend <= curve.seenUpTo ? 'yes' : 'no',
  }));
}

function Curve(props: Shown & { channel: Channel; place: number }) {
  const format = (value: number | null): string => kpiValue(value, props.inputs);
  const curve = () => props.channel.curve;
  const beyond = () => {
    const found = curve().spend.findIndex((spend) => spend > curve().seenUpTo);
    return found < 0 ? {} : { from: found };
  };
  return (
    <div class="min-w-0">
      <h3 class="truncate text-sm font-semibold">{props.channel.name}</h3>
      <p class="text-xs text-ink-2">Spent {money(props.channel.spend, props.inputs.currency, 'compact')}</p>
      <BandChart
        label={`Response of ${props.channel.name} to its spend; the table has the numbers`}
        labels={curve().spend.map((spend) => money(spend, props.inputs.currency, 'compact'))}
        {...beyond()}
        zero
        height={190}
        format={format}
        tick={(value) => kpiTick(value, props.inputs)}
        series={[
          {
            name: 'Contribution',
            colour: seriesColour(props.place),
            values: curve().mean,
            low: curve().low,
            high: curve().high,
          },
        ]}
      />
    </div>
  );
}

/** What every channel would have contributed at other spends. */
export function CurvesCard(props: Shown) {
  const format = (value: number | null): string => kpiValue(value, props.inputs);
  const fields: FigureField<CurveRow>[] = [
    { key: 'channel', label: 'Channel', read: (row) => row.channel },
    { key: 'spend', label: 'Spend', read: (row) => row.spend, show: (value) => money(value, props.inputs.currency) },
    { key: 'contribution', label: 'Contribution', read: (row) => row.mean, show: format },
    { key: 'low', label: 'From', read: (row) => row.low, show: format },
    { key: 'high', label: 'To', read: (row) => row.high, show: format },
    { key: 'seen', label: 'Within what was seen', read: (row) => row.seen },
  ];
  return (
    <FigureCard
      title="Response curves"
      hint="Contribution over the whole time at other spends, flighting as it was, with 90 % intervals; shaded is beyond what was seen"
      file={`${props.file}-curves`}
      rows={props.model.channels.flatMap(rowsOf)}
      fields={fields}
    >
      <div class="grid grid-cols-1 gap-x-6 gap-y-5 md:grid-cols-2 2xl:grid-cols-3">
        <For each={props.model.channels}>
          {(channel, place) => <Curve {...props} channel={channel} place={place()} />}
        </For>
      </div>
    </FigureCard>
  );
}
