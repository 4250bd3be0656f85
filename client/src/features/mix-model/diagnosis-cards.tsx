import { Show } from 'solid-js';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { priorKindNames } from '../../runs/priors.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { decimal, integer, percent } from '../../ui/format.ts';
import { ForestPlot } from '../../charts/forest-plot.tsx';
import { Legend } from '../../charts/legend.tsx';
import { seriesColour } from '../../charts/series-colour.ts';
import type { MixModelFieldsFragment } from './mix-model.generated.ts';
import { kpiValue } from './mix-names.ts';
import type { Shown } from './mix-result.tsx';

type Diagnosis = NonNullable<MixModelFieldsFragment['diagnosis']>;

const figure = (value: number | null): string =>
  value !== null && Math.abs(value) < 0.01 && value !== 0 ? decimal(value, 4) : decimal(value);

function qualityText({ rSquared, weightedError, coverage }: Diagnosis['inSample']): string {
  return `R² ${decimal(rSquared)}, error ${percent(weightedError)} of the KPI, ${percent(coverage, 0)} inside their 90 % interval`;
}

function Verdict(props: { good: boolean; text: string }) {
  return (
    <span class="flex flex-wrap items-center gap-2">
      <Badge tone={props.good ? 'ok' : 'warn'}>{props.good ? 'Good' : 'Look'}</Badge>
      {props.text}
    </span>
  );
}

/** Whether the chains agree, and whether the model describes the data. */
export function DiagnosisCard(props: Shown) {
  const found = () => props.model.diagnosis!;
  return (
    <Card title="Can it be believed?" hint="Convergence of the chains, fit, and what is left over">
      <Facts
        items={[
          [
            'R-hat',
            <Verdict
              good={(found().worstRHat ?? Infinity) <= 1.01}
              text={`${decimal(found().worstRHat, 3)}, should be below 1.01`}
            />,
          ],
          [
            'Effective draws',
            <Verdict good={found().smallestEss >= 400} text={`${integer(found().smallestEss)}, should be above 400`} />,
          ],
          ['Divergences', <Verdict good={found().divergences === 0} text={integer(found().divergences)} />],
          ['In sample', qualityText(found().inSample)],
          ['Out of sample', found().outOfSample ? qualityText(found().outOfSample!) : 'Nothing was held out'],
          [
            'Residuals',
            <Verdict
              good={found().ljungBoxP >= 0.01}
              text={`Durbin-Watson ${decimal(found().durbinWatson)}, Ljung-Box p ${found().ljungBoxP < 0.001 ? '< 0.001' : decimal(found().ljungBoxP, 3)}`}
            />,
          ],
          [
            'Sales without media below 0',
            <Verdict good={found().negativeBaseline <= 0.2} text={percent(found().negativeBaseline)} />,
          ],
          ['Condition number', decimal(found().conditionNumber, 1)],
        ]}
      />
    </Card>
  );
}

/** Prior against posterior of every channel's effect, and what keeps the data from telling. */
export function ChannelDiagnosisCard(props: Shown) {
  const rows = () => props.model.diagnosis!.channels;
  const series = [
    { name: 'Before the data', colour: 'var(--ink-2)', shape: 1 },
    { name: 'After the data', colour: seriesColour(0), shape: 0 },
  ];
  return (
    <FigureCard
      title="Prior against posterior"
      hint="Effects in the units of their priors, 90 % intervals. Where both agree, the data said little."
      file={`${props.file}-identification`}
      rows={rows()}
      fields={[
        { key: 'channel', label: 'Channel', read: (row) => row.name },
        { key: 'prior', label: 'Prior', read: (row) => row.prior.mean, show: figure },
        { key: 'posterior', label: 'Posterior', read: (row) => row.posterior.mean, show: figure },
        { key: 'shift', label: 'Shift', read: (row) => row.shift, show: figure },
        { key: 'learned', label: 'Learned', read: (row) => row.learned, show: (value) => percent(value, 0) },
        {
          key: 'inflation',
          label: 'Variance inflation',
          read: (row) => row.varianceInflation,
          show: (value) => decimal(value, 1),
        },
        { key: 'variation', label: 'Variation', read: (row) => row.variation, show: (value) => percent(value, 0) },
        { key: 'closest', label: 'Moves most like', read: (row) => row.closest ?? '' },
        { key: 'correlation', label: 'Correlation', read: (row) => row.closestCorrelation ?? null, show: figure },
      ]}
    >
      <ForestPlot
        label="Effects before and after the data; the table has the numbers"
        rows={rows().map((row) => ({ label: row.name, values: [row.prior, row.posterior] }))}
        series={series}
        format={figure}
        tick={(value) => decimal(value, 1)}
      />
      <Legend items={series} />
    </FigureCard>
  );
}

/** What experiments measured beside what the model says of the same. */
export function ExperimentsCard(props: Shown) {
  const kpi = (value: number | null): string => kpiValue(value, props.inputs);
  const rows = () => props.model.experiments;
  const nameOf = (row: MixModelFieldsFragment['experiments'][number]): string =>
    row.geo ? `${row.channel}, ${row.geo}` : row.channel;
  const series = [
    { name: 'Measured', colour: seriesColour(1), shape: 1 },
    { name: 'Model', colour: seriesColour(0), shape: 0 },
  ];
  const disagree = () => rows().filter(({ agrees }) => !agrees).length;
  return (
    <FigureCard
      title="Agreement with experiments"
      hint={
        disagree() === 0
          ? 'The model was fitted with these results and agrees with them'
          : `${disagree()} of ${rows().length} results disagree with the model, though it saw them`
      }
      file={`${props.file}-experiments`}
      rows={[...rows()]}
      fields={[
        { key: 'channel', label: 'Experiment', read: nameOf },
        { key: 'method', label: 'Method', read: (row) => row.method ?? 'given' },
        { key: 'measured', label: 'Measured per period', read: (row) => row.measured, show: kpi },
        { key: 'standard_error', label: 'Standard error', read: (row) => row.standardError, show: kpi },
        { key: 'predicted', label: 'Model', read: (row) => row.predicted.mean, show: kpi },
        { key: 'low', label: 'From', read: (row) => row.predicted.low, show: kpi },
        { key: 'high', label: 'To', read: (row) => row.predicted.high, show: kpi },
        { key: 'distance', label: 'Distance', read: (row) => row.distance, show: figure },
      ]}
    >
      <ForestPlot
        label="Measured and modelled effects of experiments; the table has the numbers"
        rows={rows().map((row) => ({
          label: nameOf(row),
          values: [
            {
              mean: row.measured,
              low: row.measured - 1.645 * row.standardError,
              high: row.measured + 1.645 * row.standardError,
            },
            row.predicted,
          ],
        }))}
        series={series}
        format={kpi}
        tick={kpi}
      />
      <Legend items={series} />
    </FigureCard>
  );
}

/** Every sampled parameter beside its prior. */
export function ParametersCard(props: Shown) {
  return (
    <FigureCard
      title="Parameters"
      hint="Posterior with 90 % interval, beside the prior"
      file={`${props.file}-parameters`}
      rows={[...props.model.parameters]}
      fields={[
        { key: 'parameter', label: 'Parameter', read: (row) => row.name },
        { key: 'mean', label: 'Mean', read: (row) => row.mean, show: figure },
        { key: 'low', label: 'From', read: (row) => row.low, show: figure },
        { key: 'high', label: 'To', read: (row) => row.high, show: figure },
        { key: 'prior', label: 'Prior', read: (row) => row.prior?.mean ?? null, show: figure },
        { key: 'shift', label: 'Shift', read: (row) => row.shift ?? null, show: figure },
        { key: 'r_hat', label: 'R-hat', read: (row) => row.rHat ?? null, show: (value) => decimal(value, 3) },
        { key: 'bulk_ess', label: 'Effective draws', read: (row) => row.bulkEss ?? null, show: integer },
      ]}
    />
  );
}

/** What was believed before the data, in sentences. */
export function PriorsCard(props: Shown) {
  return (
    <Show when={props.model.priors.length > 0}>
      <FigureCard
        title="Priors"
        hint="What was believed before the data; another belief is another model"
        file={`${props.file}-priors`}
        rows={[...props.model.priors]}
        fields={[
          { key: 'channel', label: 'Channel', read: (row) => row.channel ?? 'All' },
          { key: 'quantity', label: 'Quantity', read: (row) => row.label },
          {
            key: 'prior',
            label: 'Prior',
            read: (row) =>
              `${priorKindNames[row.kind]} (${row.parameters.map((value) => Number(value.toPrecision(3))).join(', ')})`,
          },
          { key: 'meaning', label: 'In words', read: (row) => row.sentence },
        ]}
      />
    </Show>
  );
}
