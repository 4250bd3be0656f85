import CalendarDays from 'lucide-solid/icons/calendar-days';
import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { CalendarHeatMap, CalendarSquare } from '../../../../charts/calendar-heat-map.tsx';
import { type Query, createQuery } from '../../../../data/query.ts';
import { timeZone, useQuery } from '../../../../data/url.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { DataState } from '../../../../ui/data-state.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { integer, plural } from '../../../../ui/format.ts';
import { type DayRange, addDays, dayIn } from '../../../../ui/range.ts';
import { Segmented } from '../../../../ui/segmented.tsx';
import { date, days as daysText } from '../../../../ui/time.tsx';
import { CompletenessDocument, type CompletenessQuery } from './days.generated.ts';
import { DaysTable } from './days-table.tsx';
import { type AccountDay, type AccountSummary, byDay, cellOf, dayStates, summarise } from './group-days.ts';

const span = 364;

function Legend() {
  return (
    <ul class="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2" aria-label="What the squares mean">
      <For
        each={
          [
            ['ok', false, 'Complete'],
            ['ok', true, 'Complete, may still change'],
            ['warn', false, 'Partial'],
            ['error', false, 'Missing'],
            ['none', false, 'Not read'],
          ] as const
        }
      >
        {([tone, hollow, label]) => (
          <li class="flex items-center gap-1.5">
            <CalendarSquare tone={tone} hollow={hollow} /> {label}
          </li>
        )}
      </For>
    </ul>
  );
}

/** What is known of the chosen day, account by account. */
function DayDetail(props: { day: string; accounts: AccountDay[]; mayAct: boolean; onReadAgain: () => void }) {
  return (
    <div class="rounded-card bg-sunken p-3 text-sm" aria-live="polite">
      <div class="flex flex-wrap items-center gap-2">
        <p class="flex-1 font-semibold">{date(props.day)}</p>
        <Show when={props.mayAct}>
          <Button size="sm" onClick={() => props.onReadAgain()}>
            Read this day again
          </Button>
        </Show>
      </div>
      <Show when={props.accounts.length > 0} fallback={<p class="text-ink-2">No sync has covered this day.</p>}>
        <ul class="mt-2 flex max-h-60 flex-col gap-1.5 overflow-y-auto">
          <For each={props.accounts}>
            {(item) => (
              <li class="flex flex-wrap items-baseline gap-x-2">
                <Badge tone={dayStates[item.state].tone}>{dayStates[item.state].label}</Badge>
                <span>{item.accountName || item.accountId || 'All data'}</span>
                <span class="text-ink-2">
                  {[item.isFinal ? 'final' : 'the platform may still change it', ...item.reasons].join(' · ')}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}

function Accounts(props: {
  accounts: AccountSummary[];
  chosen: string | undefined;
  onChoose: (id: string | null) => void;
}) {
  return (
    <SelectField
      label="Account"
      quiet
      class="max-w-full"
      value={props.chosen ?? ''}
      onChange={(event) => props.onChoose(event.currentTarget.value || null)}
    >
      <option value="">All accounts, the worst of each day</option>
      <For each={props.accounts}>
        {(account) => (
          <option value={account.id} selected={account.id === props.chosen}>
            {account.name} ({integer(account.missing)} missing, {integer(account.partial)} partial)
          </option>
        )}
      </For>
    </SelectField>
  );
}

/** What stands in the calendar in one sentence. */
function Verdict(props: { days: AccountDay[] }) {
  const count = (state: AccountDay['state']) => props.days.filter((day) => day.state === state).length;
  return (
    <p class="text-sm">
      <strong class="font-semibold">
        {count('MISSING') + count('PARTIAL') === 0
          ? 'Every day that was read is complete.'
          : `${plural(count('MISSING'), 'day')} missing, ${integer(count('PARTIAL'))} partial.`}
      </strong>{' '}
      <span class="text-ink-2">
        {plural(count('COMPLETE'), 'complete account-day')}, of which{' '}
        {integer(props.days.filter((day) => day.state === 'COMPLETE' && day.isFinal).length)} are final.
      </span>
    </p>
  );
}

function Calendar(props: {
  days: AccountDay[];
  range: DayRange;
  mayAct: boolean;
  onReadAgain: (range: DayRange) => void;
}) {
  const url = useQuery();
  const accounts = createMemo(() => summarise(props.days));
  const account = () => url.get('account');
  const grouped = createMemo(() => byDay(props.days, account()));
  const [day, setDay] = createSignal<string>();
  return (
    <div class="flex flex-col gap-3 px-4 pb-4">
      <div class="flex flex-wrap items-center justify-between gap-3">
        <Verdict days={[...grouped().values()].flat()} />
        <Show when={accounts().length > 1}>
          <Accounts accounts={accounts()} chosen={account()} onChoose={(id) => url.set({ account: id })} />
        </Show>
      </div>
      <CalendarHeatMap
        label={`Completeness per day, ${daysText(props.range.from, props.range.to)}`}
        from={props.range.from}
        to={props.range.to}
        cell={(key) => cellOf(date(key), grouped().get(key))}
        selected={day()}
        onSelect={setDay}
      />
      <Legend />
      <Show when={day()} keyed>
        {(chosen) => (
          <DayDetail
            day={chosen}
            accounts={grouped().get(chosen) ?? []}
            mayAct={props.mayAct}
            onReadAgain={() => props.onReadAgain({ from: chosen, to: chosen })}
          />
        )}
      </Show>
    </div>
  );
}

/** What is not whole, as one range of days; undefined when all is. */
function gapOf(days: readonly AccountDay[]): DayRange | undefined {
  const bad = days.filter(({ state }) => state !== 'COMPLETE').map(({ day }) => day);
  return bad.length > 0
    ? { from: bad.reduce((a, b) => (a < b ? a : b)), to: bad.reduce((a, b) => (a > b ? a : b)) }
    : undefined;
}

function Aside(props: {
  range: DayRange;
  today: string;
  view: string;
  onView: (view: string) => void;
  onEnd: (end: string | null) => void;
}) {
  return (
    <div class="flex flex-wrap items-center gap-2">
      <Button size="sm" onClick={() => props.onEnd(addDays(props.range.from, -1))}>
        ‹ Year before
      </Button>
      <Show when={props.range.to < props.today}>
        <Button
          size="sm"
          onClick={() =>
            props.onEnd(addDays(props.range.to, span) >= props.today ? null : addDays(props.range.to, span + 1))
          }
        >
          Year after ›
        </Button>
      </Show>
      <Segmented
        label="View"
        value={props.view}
        options={[
          { value: 'calendar', label: 'Calendar' },
          { value: 'table', label: 'Table' },
        ]}
        onChange={props.onView}
      />
    </div>
  );
}

function createDays(connectionId: () => string, stamp: () => unknown) {
  const url = useQuery();
  const today = dayIn(Date.now(), timeZone());
  const range = (): DayRange => {
    const to = url.get('until') ?? today;
    return { from: addDays(to, -span), to };
  };
  const query: Query<CompletenessQuery> = createQuery(CompletenessDocument, () => ({ id: connectionId(), ...range() }));
  createEffect(on(stamp, () => query.refetch(), { defer: true }));
  return { url, today, range, query };
}

/** Which days of which account are whole: a calendar with the table behind it. */
export function DaysSection(props: {
  connectionId: string;
  name: string;
  /** Changes whenever a sync ends. */
  stamp: unknown;
  mayAct: boolean;
  onReadAgain: (range: DayRange) => void;
}) {
  const { url, today, range, query } = createDays(
    () => props.connectionId,
    () => props.stamp,
  );
  const all = () => query.data()?.connection?.completeness ?? [];
  const view = () => url.get('view') ?? 'calendar';
  return (
    <Card
      title="Completeness"
      hint={daysText(range().from, range().to)}
      flush
      aside={
        <Aside
          range={range()}
          today={today}
          view={view()}
          onView={(next) => url.set({ view: next === 'calendar' ? null : next })}
          onEnd={(until) => url.set({ until })}
        />
      }
    >
      <DataState
        of={query}
        isEmpty={() => all().length === 0}
        empty={
          <EmptyState icon={<CalendarDays size={20} />} title="No day was read yet">
            After a sync every day of every account stands here, with whether it is whole.
          </EmptyState>
        }
      >
        {() => (
          <Show
            when={view() === 'table'}
            fallback={<Calendar days={all()} range={range()} mayAct={props.mayAct} onReadAgain={props.onReadAgain} />}
          >
            <DaysTable days={all()} name={props.name} />
          </Show>
        )}
      </DataState>
      <Show when={props.mayAct && gapOf(all())}>
        {(gap) => (
          <div class="flex flex-wrap items-center gap-3 border-t border-line-soft px-4 py-2 text-sm">
            <Button size="sm" onClick={() => props.onReadAgain(gap())}>
              Read again what is not whole
            </Button>
            <span class="text-ink-2">{daysText(gap().from, gap().to)}</span>
          </div>
        )}
      </Show>
    </Card>
  );
}
