import { type JSX, Match, Switch } from 'solid-js';
import { Banner } from '../ui/banner.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type RunProgress, isGoing } from '../ui/run-badge.tsx';
import { RunningCard } from './running-card.tsx';

/** A run in whichever state it is: how far it has come, why it ended without a result, or what it found. */
export function RunStates(props: {
  run: RunProgress & { readonly error: string | null };
  /** While it goes on. */
  title: string;
  hint: string;
  /** What it is called in a sentence, e.g. `training`. */
  noun: string;
  cancel: () => Promise<unknown>;
  /** What to do after it was cancelled. */
  again: string;
  /** What it found. */
  children: JSX.Element;
}) {
  return (
    <Switch fallback={props.children}>
      <Match when={isGoing(props.run)}>
        <RunningCard
          title={props.title}
          hint={props.hint}
          label={`Progress of the ${props.noun}`}
          run={props.run}
          cancel={props.cancel}
        />
      </Match>
      <Match when={props.run.state === 'FAILED'}>
        <Banner tone="error">{props.run.error ?? `The ${props.noun} failed.`}</Banner>
      </Match>
      <Match when={props.run.state === 'CANCELLED'}>
        <Card>
          <EmptyState title={`This ${props.noun} was cancelled`}>{props.again}</EmptyState>
        </Card>
      </Match>
    </Switch>
  );
}
