import { For, Show } from 'solid-js';
import { change, integer, money, decimal, unknown } from '../../ui/format.ts';
import { basisNames, isComparable } from './basis.ts';
import type { TotalsFieldsFragment } from './hub.generated.ts';

type Totals = TotalsFieldsFragment | null | undefined;

interface Measure {
  label: string;
  /** Which way is good; spending more is neither. */
  good: 'up' | 'none';
  read: (row: Totals) => number | null | undefined;
  show: (row: Totals) => string;
  exact: (row: Totals) => string;
  /** Depends on what conversions and revenue are based on. */
  based: boolean;
}

const measures: Measure[] = [
  {
    label: 'Spend',
    based: false,
    good: 'none',
    read: (row) => row?.spend.amount,
    show: (row) => money(row?.spend.amount, row?.spend.currency, 'compact'),
    exact: (row) => money(row?.spend.amount, row?.spend.currency),
  },
  {
    label: 'Revenue',
    based: true,
    good: 'up',
    read: (row) => row?.revenue.amount,
    show: (row) => money(row?.revenue.amount, row?.revenue.currency, 'compact'),
    exact: (row) => money(row?.revenue.amount, row?.revenue.currency),
  },
  {
    label: 'ROAS',
    based: true,
    good: 'up',
    read: (row) => row?.roas,
    show: (row) => decimal(row?.roas),
    exact: () => 'Revenue per unit of spend',
  },
  {
    label: 'Conversions',
    based: true,
    good: 'up',
    read: (row) => row?.conversions,
    show: (row) => integer(row?.conversions),
    exact: (row) => integer(row?.conversions),
  },
];

function Delta(props: {
  now: number | null | undefined;
  before: number | null | undefined;
  good: Measure['good'];
  comparable: boolean;
}) {
  const rises = () => (props.now ?? 0) >= (props.before ?? 0);
  const tone = () => (props.good === 'none' ? 'text-ink-2' : rises() ? 'text-ok' : 'text-error');
  const text = () => change(props.now, props.before);
  return (
    <p class="text-xs text-ink-2">
      <Show
        when={props.comparable && text() !== unknown}
        fallback={props.comparable ? 'No prior period' : 'Prior period on another basis'}
      >
        <span class={`tabular font-semibold ${tone()}`}>
          <span aria-hidden="true">{rises() ? '▲' : '▼'}</span> {text()}
        </span>{' '}
        vs. prior period
      </Show>
    </p>
  );
}

/** The four figures a marketer asks first. */
export function TotalsCards(props: { now: Totals; before: Totals }) {
  const comparable = () => isComparable(props.now?.revenueBasis, props.before?.revenueBasis);
  return (
    <dl class="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <For each={measures}>
        {(measure) => (
          <div class="card flex min-w-0 flex-col gap-0.5 px-4 py-3.5">
            <dt class="text-xs font-semibold text-ink-2">{measure.label}</dt>
            <dd class="m-0">
              <p class="tabular truncate text-2xl font-semibold tracking-[-0.02em]" title={measure.exact(props.now)}>
                {measure.show(props.now)}
              </p>
              <Show when={measure.label === 'Revenue' && props.now?.revenueBasis}>
                {(basis) => <p class="text-xs text-ink-2">{basisNames[basis()]}</p>}
              </Show>
              <Delta
                now={measure.read(props.now)}
                before={measure.read(props.before)}
                good={measure.good}
                comparable={!measure.based || comparable()}
              />
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}
