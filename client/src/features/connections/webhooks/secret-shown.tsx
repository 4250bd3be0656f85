import { Show } from 'solid-js';
import { Banner } from '../../../ui/banner.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { kinds } from './kinds.ts';
import type { EndpointFieldsFragment } from './webhooks.generated.ts';

/** The address, and the secret that is shown only once. */
export function SecretShown(props: { endpoint: EndpointFieldsFragment; secret: string | null }) {
  return (
    <div class="flex flex-col gap-2 text-sm">
      <div class="flex items-center gap-2 rounded-card bg-sunken px-3 py-1.5">
        <code class="min-w-0 flex-1 font-mono text-xs break-all">{props.endpoint.url}</code>
        <CopyButton text={props.endpoint.url} label="Copy address" />
      </div>
      <Show when={props.secret}>
        {(secret) => (
          <Banner tone="info" actions={<CopyButton text={secret()} label="Copy secret" />}>
            <p>The secret. It is shown only now and kept encrypted.</p>
            <code class="font-mono text-xs break-all">{secret()}</code>
          </Banner>
        )}
      </Show>
      <p class="text-ink-2">{kinds[props.endpoint.kind].steps}</p>
    </div>
  );
}
