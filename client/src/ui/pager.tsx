import { Show } from 'solid-js';
import { Button } from './button.tsx';

/** Steps through a list whose newest entries come first; nothing where there is one page. */
export function Pager(props: {
  /** Cursor of the page that is shown; none for the first. */
  after: string | null | undefined;
  /** As the list's answer gives it. */
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | undefined;
  onGo: (after: string | null) => void;
}) {
  return (
    <Show when={props.after || props.pageInfo?.hasNextPage}>
      <div class="flex gap-2 border-t border-line-soft px-4 py-2">
        <Button size="sm" disabled={!props.after} onClick={() => props.onGo(null)}>
          Newest
        </Button>
        <Button
          size="sm"
          disabled={!props.pageInfo?.hasNextPage}
          onClick={() => props.onGo(props.pageInfo?.endCursor ?? null)}
        >
          Older
        </Button>
      </div>
    </Show>
  );
}
