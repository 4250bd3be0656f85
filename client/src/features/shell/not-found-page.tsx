import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Page title="Not found">
      <EmptyState title="There is nothing at this address" action={<LinkButton href="/hub">To the hub</LinkButton>}>
        It may have been deleted, or the link is incomplete.
      </EmptyState>
    </Page>
  );
}
