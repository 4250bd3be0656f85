import { A, useParams } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { createQuery } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Missing } from '../../../ui/missing.tsx';
import { Page } from '../../../ui/page.tsx';
import { Time } from '../../../ui/time.tsx';
import { DeliveriesCard } from './deliveries-card.tsx';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointState } from './endpoint-state.tsx';
import { kinds } from './kinds.ts';
import { SecretShown } from './secret-shown.tsx';
import { followWebhooks } from './webhook-events.ts';
import { type EndpointFieldsFragment, WebhookEndpointDocument } from './webhooks.generated.ts';

function Secrets(props: { endpoint: EndpointFieldsFragment }) {
  return (
    <Show when={props.endpoint.secrets.length > 0} fallback={<span class="text-warn">None yet</span>}>
      <ul>
        <For each={props.endpoint.secrets}>
          {(secret) => (
            <li>
              Since <Time at={secret.createdAt} style="short" />
              <Show when={secret.expiresAt}>
                {(at) => (
                  <>
                    , holds until <Time at={at()} style="short" />
                  </>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

function Summary(props: { endpoint: EndpointFieldsFragment }) {
  return (
    <Card title="Address">
      <div class="flex flex-col gap-4">
        <SecretShown endpoint={props.endpoint} secret={null} />
        <Facts
          items={[
            ['State', <EndpointState endpoint={props.endpoint} />],
            [
              'Connection',
              <A href={`/connections/${props.endpoint.connection.id}`} class="text-accent hover:underline">
                {props.endpoint.connection.name}
              </A>,
            ],
            ['Secrets', <Secrets endpoint={props.endpoint} />],
            ['Last delivery', <Time at={props.endpoint.lastDeliveryAt} />],
            ['Created', <Time at={props.endpoint.createdAt} />],
          ]}
        />
      </div>
    </Card>
  );
}

function Notices(props: { endpoint: EndpointFieldsFragment }) {
  return (
    <>
      <Show when={props.endpoint.secrets.length === 0}>
        <Banner tone="warn">
          Deliveries are refused until the secret of {kinds[props.endpoint.kind].label} is set.
        </Banner>
      </Show>
      <Show when={props.endpoint.refusal}>
        {(refusal) => (
          <Banner tone="warn">
            Last refused <Time at={props.endpoint.refusedAt} />: {refusal()}
          </Banner>
        )}
      </Show>
    </>
  );
}

/** One address: how it is, its secrets, and what was delivered to it. */
export function WebhookPage() {
  const params = useParams<{ id: string }>();
  const query = createQuery(WebhookEndpointDocument, () => ({ id: params.id }));
  followWebhooks(
    ({ endpoint }) =>
      query.patch((data) => {
        if (data.webhookEndpoint) Object.assign(data.webhookEndpoint, endpoint);
      }),
    () => params.id,
  );
  const endpoint = () => query.data()?.webhookEndpoint;
  return (
    <Page
      title={endpoint()?.name ?? 'Webhook'}
      status={endpoint() ? kinds[endpoint()!.kind].label : undefined}
      actions={
        <Show when={may('connections:write') && endpoint()}>
          {(endpoint) => <EndpointActions endpoint={endpoint()} onChange={() => query.refetch()} />}
        </Show>
      }
      above={<Show when={endpoint()}>{(endpoint) => <Notices endpoint={endpoint()} />}</Show>}
    >
      <DataState
        of={query}
        isEmpty={(data) => !data.webhookEndpoint}
        empty={<Missing what="address" all="/connections/webhooks" />}
      >
        {(data) => (
          <div class="grid grid-cols-1 items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_400px]">
            <DeliveriesCard endpointId={data().webhookEndpoint!.id} />
            <div class="max-2xl:order-first">
              <Summary endpoint={data().webhookEndpoint!} />
            </div>
          </div>
        )}
      </DataState>
    </Page>
  );
}
