import Play from 'lucide-solid/icons/play';
import { type JSX, Show } from 'solid-js';
import type { Action } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { createMixForm } from './create-mix-form.ts';
import { Findings } from './findings.tsx';

/** The cards of a form, what would be read for it, and the button that starts it. */
export function MixFormFrame(props: {
  label: string;
  mix: ReturnType<typeof createMixForm>;
  start: Action<[]>;
  /** On the button. */
  submit: string;
  /** For those who may not start it. */
  denied: string;
  children: JSX.Element;
}) {
  const failure = () => props.mix.failure() ?? props.start.failure();
  return (
    <form
      class="flex flex-col gap-4"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        void props.start.run();
      }}
    >
      {/* What the form begins with comes from the server; nobody should fill in what is then begun again. */}
      <Show when={props.mix.isReady()} fallback={<Show when={!failure()}>{<Skeleton rows={10} class="card" />}</Show>}>
        {props.children}
        <Findings parts={props.mix.parts()} />
      </Show>
      <Show when={failure()}>{(found) => <Banner tone="error">{found().message}</Banner>}</Show>
      <Show when={may('causal:run')} fallback={<Banner tone="info">{props.denied}</Banner>}>
        <div>
          <Button type="submit" look="primary" pending={props.start.pending()} disabled={!props.mix.isUsable()}>
            <Play size={14} aria-hidden="true" /> {props.submit}
          </Button>
        </div>
      </Show>
    </form>
  );
}
