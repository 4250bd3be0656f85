import { Show } from 'solid-js';
import { createQuery } from '../../../../data/query.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { DataState } from '../../../../ui/data-state.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { bytes, integer } from '../../../../ui/format.ts';
import { TextViewer } from '../../../../ui/text-viewer.tsx';
import { Time } from '../../../../ui/time.tsx';
import { RawPageDocument } from './answers.generated.ts';

function Content(props: { id: string }) {
  const query = createQuery(RawPageDocument, () => ({ id: props.id }));
  return (
    <DataState
      of={query}
      isEmpty={(data) => !data.rawPage}
      empty={<EmptyState title="This answer is gone">Answers are kept for 30 days.</EmptyState>}
    >
      {(data) => (
        <div class="flex flex-col gap-3">
          <Facts
            items={[
              ['Request', <code class="font-mono text-xs break-all">{data().rawPage!.page.request}</code>],
              [
                'Answer',
                <span class="flex flex-wrap items-center gap-2">
                  <Badge tone={data().rawPage!.page.status < 400 ? 'ok' : 'error'}>{data().rawPage!.page.status}</Badge>
                  {integer(data().rawPage!.page.rows)} rows, {bytes(data().rawPage!.page.bytes)},{' '}
                  <Time at={data().rawPage!.page.fetchedAt} style="short" />
                </span>,
              ],
            ]}
          />
          <Show when={data().rawPage!.truncated}>
            <p class="text-sm text-warn">Only the first 200,000 characters are shown, as they came.</p>
          </Show>
          <TextViewer label="Answer of the platform" text={data().rawPage!.text} />
        </div>
      )}
    </DataState>
  );
}

/** One answer of a platform as it came. */
export function AnswerDialog(props: { id: string | undefined; onClose: () => void }) {
  return (
    <Dialog open={props.id !== undefined} title="Raw answer" wide onClose={() => props.onClose()}>
      <Show when={props.id}>{(id) => <Content id={id()} />}</Show>
    </Dialog>
  );
}
