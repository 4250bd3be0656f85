import { LinkButton } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

/** Instead of a thing whose address leads to nothing. `what` is one of it, `all` where the others are. */
export function Missing(props: { what: string; all: string }) {
  return (
    <div class="card">
      <EmptyState
        title={`This ${props.what} does not exist`}
        action={<LinkButton href={props.all}>To all of them</LinkButton>}
      >
        It may have been removed, or belong to another organisation.
      </EmptyState>
    </div>
  );
}
