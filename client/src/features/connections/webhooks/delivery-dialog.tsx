import { For, Show } from 'solid-js';
import { createQuery } from '../../../data/query.ts';
import { DataState } from '../../../ui/data-state.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { bytes, integer } from '../../../ui/format.ts';
import { TextViewer } from '../../../ui/text-viewer.tsx';
import { Time } from '../../../ui/time.tsx';
import { StateBadge } from '../state-badge.tsx';
import { deliveryStates } from './kinds.ts';
import {
  type DeliveryFieldsFragment,
  WebhookDeliveryBodyDocument,
  type WebhookDeliveryBodyQueryVariables,
} from './webhooks.generated.ts';

type Delivery = DeliveryFieldsFragment;

function Body(props: { delivery: Delivery; page: WebhookDeliveryBodyQueryVariables }) {
  const query = createQuery(WebhookDeliveryBodyDocument, () => props.page);
  const body = () =>
    query.data()?.webhookEndpoint?.deliveries.edges.find((edge) => edge.node.id === props.delivery.id)?.node.body;
  return (
    <DataState of={query}>
      {() => (
        <Show when={body() !== undefined} fallback={<p class="text-sm text-ink-2">It is no longer on this page.</p>}>
          <TextViewer label="Body of the delivery" text={body()!} height={360} />
        </Show>
      )}
    </DataState>
  );
}

/** A delivery as it came, and what became of it. The body may hold personal data, so it is asked for only here. */
export function DeliveryDialog(props: {
  delivery: Delivery | undefined;
  page: WebhookDeliveryBodyQueryVariables;
  onClose: () => void;
}) {
  return (
    <Dialog
      open={props.delivery !== undefined}
      title={props.delivery?.event ?? 'Delivery'}
      wide
      onClose={() => props.onClose()}
    >
      <Show when={props.delivery}>
        {(delivery) => (
          <div class="flex flex-col gap-3">
            <Facts
              items={[
                ['State', <StateBadge of={deliveryStates[delivery().state]} />],
                ['Event', <code class="font-mono text-xs break-all">{delivery().eventId}</code>],
                ['Received', <Time at={delivery().receivedAt} style="short" />],
                ['Worked on', <Time at={delivery().handledAt} style="short" />],
                ['Rows', `${integer(delivery().rowsStored)} stored, ${integer(delivery().rowsRefused)} refused`],
                ['Size', bytes(delivery().bytes)],
              ]}
            />
            <Show when={delivery().errors.length > 0}>
              <ul class="list-disc pl-5 text-sm text-error">
                <For each={delivery().errors}>{(error) => <li>{error}</li>}</For>
              </ul>
            </Show>
            <Body delivery={delivery()} page={props.page} />
          </div>
        )}
      </Show>
    </Dialog>
  );
}
