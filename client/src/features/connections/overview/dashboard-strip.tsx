import { For, type JSX, Show, createMemo } from 'solid-js';
import { type Query, createQuery } from '../../../data/query.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { integer, plural } from '../../../ui/format.ts';
import { date } from '../../../ui/time.tsx';
import { healthLevels } from '../states.ts';
import { ConnectionsDashboardDocument, type ConnectionsDashboardQuery } from './overview.generated.ts';

type Dashboard = ConnectionsDashboardQuery['connectionsDashboard'];

const colours = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  error: 'bg-error',
  neutral: 'bg-line',
  info: 'bg-info',
  accent: 'bg-accent',
};

function Tile(props: { name: string; value: string; class?: string; children: JSX.Element }) {
  return (
    <div class={`card flex min-w-0 flex-col gap-0.5 px-4 py-3 ${props.class ?? ''}`}>
      <dt class="text-xs font-semibold text-ink-2">{props.name}</dt>
      <dd class="m-0 flex flex-1 flex-col justify-between gap-1">
        <p class="tabular text-2xl font-semibold tracking-[-0.02em]">{props.value}</p>
        <div class="text-xs text-ink-2">{props.children}</div>
      </dd>
    </div>
  );
}

/** How many connections are how well, as a bar with its words. */
function Distribution(props: { health: Dashboard['health'] }) {
  const parts = createMemo(() => props.health.filter(({ connections }) => connections > 0));
  return (
    <>
      <div aria-hidden="true" class="mb-1 flex h-1.5 gap-px overflow-hidden rounded-full bg-sunken">
        <For each={parts()}>
          {(part) => <span class={colours[healthLevels[part.level].tone]} style={{ flex: part.connections }} />}
        </For>
      </div>
      {parts()
        .map(({ level, connections }) => `${integer(connections)} ${healthLevels[level].label.toLowerCase()}`)
        .join(' · ')}
    </>
  );
}

/** Syncs per day as stacked bars; their words are the label. */
function Days(props: { days: Dashboard['days'] }) {
  const most = () => Math.max(1, ...props.days.map((day) => day.succeeded + day.partial + day.failed));
  const text = (day: Dashboard['days'][number]): string =>
    `${date(day.day)}: ${day.succeeded} succeeded, ${day.partial} partial, ${day.failed} failed, ${integer(day.rows)} rows`;
  const height = (count: number): string => `${(count / most()) * 100}%`;
  return (
    <ul class="flex h-9 items-end gap-1" aria-label="Syncs of the last 14 days">
      <For each={props.days}>
        {(day) => (
          <li
            class="flex h-full min-w-1.5 flex-1 flex-col justify-end gap-px overflow-hidden rounded-sm bg-sunken"
            title={text(day)}
          >
            <span class="sr-only">{text(day)}</span>
            <span aria-hidden="true" class="bg-error" style={{ height: height(day.failed) }} />
            <span aria-hidden="true" class="bg-warn" style={{ height: height(day.partial) }} />
            <span aria-hidden="true" class="bg-ok" style={{ height: height(day.succeeded) }} />
          </li>
        )}
      </For>
    </ul>
  );
}

function Tiles(props: { board: Dashboard }) {
  const sum = (read: (day: Dashboard['days'][number]) => number) =>
    props.board.days.reduce((total, day) => total + read(day), 0);
  return (
    <dl class="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Tile name="Connections" value={integer(props.board.total)}>
        {integer(props.board.active)} active · {plural(props.board.sources, 'kind of source', 'kinds of source')}
      </Tile>
      <Tile name="Access to renew" value={integer(props.board.needAttention)}>
        {props.board.needAttention > 0 ? 'The platform refuses, or soon will' : 'Every platform lets us in'}
      </Tile>
      <Tile
        name="Health"
        value={integer(props.board.health.find(({ level }) => level === 'HEALTHY')?.connections ?? 0)}
      >
        <Distribution health={props.board.health} />
      </Tile>
      <Tile name="Syncs of 14 days" value={integer(sum((day) => day.succeeded + day.partial + day.failed))}>
        <Days days={props.board.days} />
        <span class="mt-1 block">
          {integer(props.board.running)} running · {integer(sum((day) => day.failed))} failed
        </span>
      </Tile>
    </dl>
  );
}

export function createDashboard(): Query<ConnectionsDashboardQuery> {
  return createQuery(ConnectionsDashboardDocument, () => ({}));
}

/** All connections in a few figures. It stays away when it cannot be had: the list below says the same at length. */
export function DashboardStrip(props: { query: Query<ConnectionsDashboardQuery> }) {
  return (
    <Show
      when={props.query.data()}
      fallback={
        <Show when={props.query.loading()}>
          <Skeleton rows={3} class="card" />
        </Show>
      }
    >
      {(data) => <Tiles board={data().connectionsDashboard} />}
    </Show>
  );
}
