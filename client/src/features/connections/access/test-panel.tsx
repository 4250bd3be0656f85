import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { type TestFieldsFragment, TestConnectionDocument } from './access.generated.ts';
import { TestSteps } from './test-steps.tsx';

/** Tests a connection on demand, or at once, and shows each step. */
export function TestPanel(props: {
  connectionId: string;
  last?: TestFieldsFragment | undefined;
  atOnce?: boolean;
  onDone?: () => void;
}) {
  const [test, setTest] = createSignal<TestFieldsFragment>();
  const action = createAction(async () => {
    setTest((await mutate(TestConnectionDocument, { id: props.connectionId })).testConnection);
    props.onDone?.();
  });
  if (props.atOnce) void action.run();
  const shown = () => test() ?? props.last;
  return (
    <div class="flex flex-col gap-3">
      <Show when={shown() || action.pending()}>
        <TestSteps test={shown()} pending={action.pending()} />
      </Show>
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div>
        <Button size="sm" pending={action.pending()} onClick={() => void action.run()}>
          {shown() ? 'Test again' : 'Test the connection'}
        </Button>
      </div>
    </div>
  );
}
