import ChartLine from 'lucide-solid/icons/chart-line';
import Waypoints from 'lucide-solid/icons/waypoints';
import { Match, Switch } from 'solid-js';
import { extentOf } from '../../data/extent.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { days } from '../../ui/time.tsx';
import type { HubFilter } from './hub-filter.ts';
import type { HubStartQuery } from './hub.generated.ts';

/** There is nothing to show, and what is stored says why. */
export function NoFigures(props: { filter: HubFilter; start: HubStartQuery | undefined }) {
  const stored = (mock: boolean) => extentOf(props.start?.dataExtent.bySource, mock);
  const own = () => stored(props.filter.mock());
  return (
    <div class="card">
      <Switch fallback={<NothingStored mock={props.filter.mock()} />}>
        <Match when={own().records > 0}>
          <EmptyState
            title="Nothing in these days"
            action={
              <Button onClick={() => props.filter.set({ from: own().firstDate, to: own().lastDate })}>
                Show all days there are
              </Button>
            }
          >
            Data is stored for {days(own().firstDate, own().lastDate)}.
          </EmptyState>
        </Match>
        <Match when={own().journeys > 0}>
          <EmptyState
            icon={<Waypoints size={20} />}
            title="Customer journeys, but no daily figures"
            action={
              <>
                <LinkButton look="primary" href={props.filter.mock() ? '/attribution?source=mock' : '/attribution'}>
                  See attribution
                </LinkButton>
                <LinkButton href="/connections/new">Connect more data</LinkButton>
              </>
            }
          >
            Attribution reads the {plural(own().journeys, 'row')} of journeys. Spend and revenue per day appear here
            once a source delivers them.
          </EmptyState>
        </Match>
        <Match when={!props.filter.mock() && stored(true).records > 0}>
          <EmptyState
            title="Only mock data so far"
            action={
              <>
                <Button onClick={() => props.filter.set({ source: 'mock' })}>Show mock data</Button>
                <LinkButton href="/connections/new">Connect data</LinkButton>
              </>
            }
          >
            Generated figures are never shown among live and uploaded ones.
          </EmptyState>
        </Match>
      </Switch>
    </div>
  );
}

function NothingStored(props: { mock: boolean }) {
  return (
    <EmptyState
      icon={<ChartLine size={20} />}
      title={props.mock ? 'No mock data yet' : 'No daily figures yet'}
      action={<LinkButton href="/connections/new">Connect data</LinkButton>}
    >
      {props.mock
        ? 'A mock connection generates spend and journeys with effects that are known, to check answers against.'
        : 'Spend, revenue and conversions per day appear here once a source delivers them.'}
    </EmptyState>
  );
}
