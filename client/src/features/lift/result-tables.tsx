import { For, Show } from 'solid-js';
import { DotStrip } from '../../charts/dot-strip.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { decimal, percent, words } from '../../ui/format.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { outcome, outcomeTick, refutationNames } from './lift-names.ts';
import type { Result, Shown } from './lift-result.tsx';

type Refutation = Result['refutations'][number];

function RefutationItem(props: Shown & { refutation: Refutation }) {
  const show = (value: number | null): string => outcome(value, props.currency);
  return (
    <li class="border-t border-line-soft px-4 py-3">
      <details>
        <summary class="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <Badge tone={props.refutation.passed ? 'ok' : 'error'}>
            {props.refutation.passed ? 'Not refuted' : 'Refuted'}
          </Badge>
          <span class="font-semibold">{refutationNames[props.refutation.kind] ?? props.refutation.kind}</span>
          <span class="min-w-0 basis-full text-ink-2 md:flex-1 md:basis-60">{props.refutation.conclusion}</span>
        </summary>
        <div class="mt-3 flex flex-col gap-2">
          <p class="text-xs text-ink-2">{props.refutation.assumption}</p>
          <DotStrip
            label={`Estimates of the test ${refutationNames[props.refutation.kind]}`}
            format={show}
            tick={(value) => outcomeTick(value, props.currency)}
            dots={[
              ...props.refutation.estimates.map(({ label, effect }) => ({ label, value: effect })),
              { label: 'Estimate', value: props.refutation.effect, marked: true },
            ]}
          />
        </div>
      </details>
    </li>
  );
}

/** What was tried to refute the estimate; each opens to its estimates. */
export function RefutationsCard(props: Shown) {
  const rows = () =>
    props.result.refutations.flatMap((own) =>
      own.estimates.map((estimate) => ({ kind: own.kind, passed: own.passed, ...estimate })),
    );
  return (
    <>
      <Card title="Can it be refuted?" hint="A test never proves the estimate; it can only fail to refute it" flush>
        <ul>
          <For each={props.result.refutations}>
            {(refutation) => <RefutationItem {...props} refutation={refutation} />}
          </For>
          <For each={props.result.skipped}>
            {({ kind, reason }) => (
              <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-soft px-4 py-3 text-sm">
                <Badge tone="neutral">Not possible</Badge>
                <span class="font-semibold">{refutationNames[kind] ?? kind}</span>
                <span class="min-w-0 basis-full text-ink-2 md:flex-1 md:basis-60">{reason}</span>
              </li>
            )}
          </For>
        </ul>
      </Card>
      <Show when={rows().length > 0}>
        <details>
          <summary class="w-fit cursor-pointer text-xs font-semibold text-ink-2 hover:text-ink">
            All estimates of the tests
          </summary>
          <div class="mt-2">
            <FigureCard
              title="Estimates of the tests"
              file={`${props.file}-refutations`}
              rows={rows()}
              fields={[
                { key: 'test', label: 'Test', read: (row) => refutationNames[row.kind] ?? row.kind },
                { key: 'label', label: 'Of', read: (row) => row.label },
                {
                  key: 'effect',
                  label: 'Effect',
                  read: (row) => row.effect,
                  show: (value) => outcome(value, props.currency),
                },
              ]}
            />
          </div>
        </details>
      </Show>
    </>
  );
}

/** Which controls the counterfactual rests on. */
export function WeightsCard(props: Shown) {
  const sampled = () => props.result.weights.some(({ inclusion }) => inclusion !== null);
  return (
    <FigureCard
      title={sampled() ? 'Coefficients of controls' : 'Weights of controls'}
      hint={
        sampled()
          ? 'On standardised series, with the share of draws that use the control'
          : 'How much each control carries'
      }
      file={`${props.file}-weights`}
      rows={[...props.result.weights]}
      fields={[
        { key: 'unit', label: 'Control', read: (row) => row.unit },
        {
          key: 'weight',
          label: sampled() ? 'Coefficient' : 'Weight',
          read: (row) => row.weight,
          show: (value) => decimal(value, 4),
        },
        ...(sampled()
          ? [
              {
                key: 'inclusion',
                label: 'Used in',
                read: (row: Result['weights'][number]) => row.inclusion,
                show: (value: number | null) => percent(value),
              },
            ]
          : []),
      ]}
      below={
        <Show when={props.result.timeWeights.length > 0}>
          <p class="border-t border-line-soft px-4 py-3 text-xs text-ink-2">
            Weights of periods:{' '}
            {props.result.timeWeights.map(({ unit, weight }) => `${unit} ${percent(weight)}`).join(', ')}
          </p>
        </Show>
      }
    />
  );
}

/** How closely the counterfactual follows what was observed before the treatment. */
export function FitCard(props: Shown) {
  const fit = () => props.result.fit;
  const items = (): [string, string][] =>
    [
      ['Gap before (root mean square)', outcome(Math.sqrt(fit().preMspe), props.currency)],
      ['Gap after', outcome(Math.sqrt(fit().postMspe), props.currency)],
      ['Squared gaps, after over before', fit().mspeRatio === null ? null : decimal(fit().mspeRatio, 1)],
      ['Explained before', fit().rSquared === null ? null : percent(fit().rSquared)],
      ['Gap over that of equal weights', fit().scaledL2 === null ? null : decimal(fit().scaledL2, 3)],
      ['Periods outside all controls', fit().outsideRange === null ? null : percent(fit().outsideRange, 0)],
      ['Effective controls', fit().effectiveControls === null ? null : decimal(fit().effectiveControls, 1)],
      ['Bias found', fit().estimatedBias === null ? null : outcome(fit().estimatedBias, props.currency)],
    ].filter((item): item is [string, string] => item[1] !== null);
  return (
    <Card title="Fit before the treatment" hint="A counterfactual that missed before will miss after">
      <Facts items={items()} />
    </Card>
  );
}

/** What weights were to match. */
export function BalanceCard(props: Shown) {
  const show = (value: number | null): string => decimal(value, 2);
  return (
    <FigureCard
      title="Balance of predictors"
      file={`${props.file}-balance`}
      rows={[...props.result.balance]}
      fields={[
        { key: 'predictor', label: 'Predictor', read: (row) => row.predictor },
        { key: 'importance', label: 'Importance', read: (row) => row.importance, show: (value) => percent(value) },
        { key: 'treated', label: 'Treated', read: (row) => row.treated, show },
        { key: 'synthetic', label: 'Synthetic', read: (row) => row.synthetic, show },
        { key: 'control_mean', label: 'All controls', read: (row) => row.controlMean, show },
      ]}
    />
  );
}

/** The ways in which effects of staggered starts become one. */
export function AggregatesCard(props: Shown) {
  const show = (value: number | null): string => outcome(value, props.currency);
  return (
    <FigureCard
      title="Averages of group effects"
      hint="The two-way regression compares treated units with each other and stands here for comparison alone"
      file={`${props.file}-averages`}
      rows={[...props.result.aggregates]}
      fields={[
        { key: 'by', label: 'Average', read: (row) => words(row.by) },
        { key: 'estimate', label: 'Effect', read: (row) => row.estimate, show },
        { key: 'standard_error', label: 'Standard error', read: (row) => row.standardError, show },
        { key: 'low', label: 'From', read: (row) => row.low, show },
        { key: 'high', label: 'To', read: (row) => row.high, show },
        { key: 'p', label: 'p', read: (row) => row.pValue, show: (value) => decimal(value, 3) },
      ]}
    />
  );
}

/** The effect on every group in every period. */
export function GroupEffectsCard(props: Shown) {
  const show = (value: number | null): string => outcome(value, props.currency);
  return (
    <FigureCard
      title="Effects by group and period"
      hint="Groups are named by their start"
      file={`${props.file}-groups`}
      rows={[...props.result.groupEffects]}
      fields={[
        { key: 'group', label: 'Start', read: (row) => row.group },
        { key: 'period', label: 'Period', read: (row) => row.period },
        { key: 'estimate', label: 'Effect', read: (row) => row.estimate, show },
        { key: 'standard_error', label: 'Standard error', read: (row) => row.standardError, show },
        { key: 'low', label: 'From', read: (row) => row.low, show },
        { key: 'high', label: 'To', read: (row) => row.high, show },
      ]}
    />
  );
}
