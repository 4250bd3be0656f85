import { Show } from 'solid-js';
import { may } from '../../../data/session.ts';
import { Banner } from '../../../ui/banner.tsx';
import { LinkButton } from '../../../ui/button.tsx';
import type { ConnectionFieldsFragment } from '../connections.generated.ts';

/** Says that the platform refuses or will soon, and leads to where it is put right. */
export function AccessBanner(props: { connection: ConnectionFieldsFragment }) {
  const broken = () => props.connection.authState === 'BROKEN';
  return (
    <Show when={broken() || props.connection.authState === 'EXPIRING'}>
      <Banner
        tone={broken() ? 'error' : 'warn'}
        actions={
          <Show when={may('connections:write')}>
            <LinkButton size="sm" href={`/connections/${props.connection.id}?tab=access`}>
              {broken() ? 'Repair access' : 'Renew access'}
            </LinkButton>
          </Show>
        }
      >
        <strong>{broken() ? `${props.connection.platform.name} refuses access.` : 'Access ends soon.'}</strong>{' '}
        {props.connection.authMessage}
      </Banner>
    </Show>
  );
}
