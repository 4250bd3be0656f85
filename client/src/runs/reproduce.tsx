import { type JSX, Match, Show, Switch, createSignal } from 'solid-js';
import { knownSequence } from '../data/activity.ts';
import { createFeed } from '../data/feed.ts';
import { createAction, mutate } from '../data/query.ts';
import { may } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Progress } from '../ui/progress.tsx';
import { isGoing } from '../ui/run-badge.tsx';
import {
  CancelReproductionDocument,
  type ReproducibleKind,
  ReproduceDocument,
  type ReproductionFieldsFragment,
  ReproductionProgressDocument,
} from './reproduction.generated.ts';

type Reproduction = ReproductionFieldsFragment;

/** What came of it: whether the data is the same, and whether the figures are. */
function Outcome(props: { of: Reproduction }) {
  return (
    <div class="flex flex-wrap items-center gap-2 text-sm">
      <Badge tone={props.of.identical ? 'ok' : 'warn'}>{props.of.identical ? 'Identical' : 'Different'}</Badge>
      <span class="text-ink-2">
        {props.of.sameData ? 'on the same data' : 'the data has changed since'}, largest difference{' '}
        {props.of.largestDifference?.toPrecision(2)}
      </span>
    </div>
  );
}

function Going(props: { of: Reproduction }) {
  const cancel = createAction(() => mutate(CancelReproductionDocument, { id: props.of.id }));
  return (
    <div class="flex items-center gap-3">
      <Progress label="Progress of computing again" value={props.of.state === 'QUEUED' ? null : props.of.progress} />
      <Button size="sm" pending={cancel.pending()} onClick={() => void cancel.run()}>
        Cancel
      </Button>
    </div>
  );
}

/** Computes a stored result again in the background and says whether it came out the same. Other actions stand beside. */
export function Reproduce(props: { kind: ReproducibleKind; id: string; offered?: boolean; children?: JSX.Element }) {
  const [reproduction, setReproduction] = createSignal<Reproduction>();
  const [after, setAfter] = createSignal<number>();
  const start = createAction(async () => {
    setAfter(knownSequence());
    setReproduction((await mutate(ReproduceDocument, { kind: props.kind, id: props.id })).reproduce.reproduction);
  });
  createFeed({
    document: ReproductionProgressDocument,
    variables: () => (reproduction() ? { id: reproduction()!.id } : null),
    after,
    sequenceOf: (data) => data.reproductionProgress.sequence,
    onEvent: (data) => setReproduction(data.reproductionProgress.reproduction),
  });
  const isBusy = () => start.pending() || (reproduction() !== undefined && isGoing(reproduction()!));
  return (
    <div class="flex flex-col gap-2">
      <div class="flex flex-wrap gap-2">
        {props.children}
        <Show when={may('causal:run') && props.offered !== false}>
          <Button size="sm" pending={isBusy()} onClick={() => void start.run()}>
            Compute again and compare
          </Button>
        </Show>
      </div>
      <Show when={start.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div role="status">
        <Show when={reproduction()}>
          {(of) => (
            <Switch fallback={<Outcome of={of()} />}>
              <Match when={isGoing(of())}>
                <Going of={of()} />
              </Match>
              <Match when={of().state === 'CANCELLED'}>
                <span class="text-sm text-ink-2">Cancelled.</span>
              </Match>
              <Match when={of().state === 'FAILED'}>
                <Banner tone="error">{of().error ?? 'Computing again failed.'}</Banner>
              </Match>
            </Switch>
          )}
        </Show>
      </div>
    </div>
  );
}
