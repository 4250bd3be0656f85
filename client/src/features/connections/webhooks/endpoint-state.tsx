import { Badge } from '../../../ui/badge.tsx';
import type { EndpointFieldsFragment } from './webhooks.generated.ts';

/** Whether an endpoint can take deliveries in, and whether any were refused after the last good one. */
export function EndpointState(props: { endpoint: EndpointFieldsFragment }) {
  const state = (): { tone: 'ok' | 'warn' | 'error' | 'neutral'; label: string } => {
    const { endpoint } = props;
    if (endpoint.secrets.length === 0) return { tone: 'warn', label: 'Secret missing' };
    const refused = endpoint.refusedAt && (!endpoint.lastDeliveryAt || endpoint.refusedAt > endpoint.lastDeliveryAt);
    if (refused) return { tone: 'error', label: 'Refused' };
    return endpoint.lastDeliveryAt ? { tone: 'ok', label: 'Working' } : { tone: 'neutral', label: 'Nothing came yet' };
  };
  return (
    <Badge tone={state().tone} title={props.endpoint.refusal ?? ''}>
      {state().label}
    </Badge>
  );
}
