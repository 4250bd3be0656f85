import { For, Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../../data/query.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { words } from '../../../ui/format.ts';
import { type TestFieldsFragment, TestCredentialsDocument } from '../access/access.generated.ts';
import { FieldInputs } from '../access/field-inputs.tsx';
import { readGroup } from '../access/field-values.ts';
import { OAuthAppForm } from '../access/oauth-app-form.tsx';
import { type Method, type Platform, isLogin } from '../access/platforms.ts';
import { TestSteps } from '../access/test-steps.tsx';

function Login(props: { platform: Platform; method: Method; onApp: () => void }) {
  return (
    <Show
      when={props.method.ready}
      fallback={<OAuthAppForm platform={props.platform} redirectUrl={props.method.redirectUrl} onDone={props.onApp} />}
    >
      <div class="text-sm text-ink-2">
        <p>
          You are sent to {props.platform.name} to grant access, and come back here. LiftOS never sees your password.
        </p>
        <Show when={props.method.scopes.length > 0}>
          <details class="mt-2">
            <summary>What is asked for there</summary>
            <ul class="mt-1 list-disc pl-5">
              <For each={props.method.scopes}>
                {(scope) => (
                  <li>
                    <code class="font-mono text-xs break-all">{scope}</code>
                  </li>
                )}
              </For>
            </ul>
          </details>
        </Show>
      </div>
    </Show>
  );
}

function Keys(props: {
  platform: Platform;
  method: Method;
  problems: Record<string, string> | undefined;
  form: () => HTMLFormElement;
}) {
  const [test, setTest] = createSignal<TestFieldsFragment>();
  const action = createAction(async () => {
    const form = new FormData(props.form());
    setTest(undefined);
    const input = {
      platform: props.platform.id,
      method: props.method.id,
      settings: readGroup(form, 'setting'),
      secrets: readGroup(form, 'secret'),
    };
    setTest((await mutate(TestCredentialsDocument, { input })).testCredentials);
  });
  return (
    <div class="flex flex-col gap-4">
      <div class="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <FieldInputs group="secret" fields={props.method.fields} problems={props.problems} />
      </div>
      <div class="flex flex-wrap items-center gap-3">
        <Button pending={action.pending()} onClick={() => void action.run()}>
          Test these credentials
        </Button>
        <span class="text-sm text-ink-2">Nothing is stored by a test.</span>
      </div>
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <Show when={action.pending() || test()}>
        <TestSteps test={test()} pending={action.pending()} />
      </Show>
    </div>
  );
}

/** How LiftOS is let in: one of the platform's ways, with what it asks for. */
export function MethodStep(props: {
  platform: Platform;
  method: Method;
  problems: Record<string, string> | undefined;
  form: () => HTMLFormElement;
  onMethod: (id: string) => void;
  onApp: () => void;
}) {
  const methods = () => props.platform.live?.methods ?? [];
  return (
    <div class="flex flex-col gap-4">
      <Show when={methods().length > 1}>
        <div class="max-w-full overflow-x-auto">
          <Segmented
            label="Way in"
            value={props.method.id}
            options={methods().map(({ id, title }) => ({ value: id, label: title || words(id) }))}
            onChange={props.onMethod}
          />
        </div>
      </Show>
      <Show when={props.method.hint}>
        <p class="text-sm text-ink-2">{props.method.hint}</p>
      </Show>
      <Show when={props.method.id} keyed>
        {(_id) => (
          <Show
            when={isLogin(props.method.kind)}
            fallback={
              <Keys platform={props.platform} method={props.method} problems={props.problems} form={props.form} />
            }
          >
            <Login platform={props.platform} method={props.method} onApp={props.onApp} />
          </Show>
        )}
      </Show>
    </div>
  );
}
