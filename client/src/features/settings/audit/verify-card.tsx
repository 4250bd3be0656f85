import ShieldCheck from 'lucide-solid/icons/shield-check';
import { Show, createSignal } from 'solid-js';
import { createAction, fetchOnce } from '../../../data/query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { plural } from '../../../ui/format.ts';
import { VerifyAuditLogDocument, type VerifyAuditLogQuery } from '../settings.generated.ts';

/** Walks the chain of hashes from the first entry to the last. */
export function VerifyCard() {
  const [result, setResult] = createSignal<VerifyAuditLogQuery['verifyAuditLog']>();
  const action = createAction(async () => setResult((await fetchOnce(VerifyAuditLogDocument, {})).verifyAuditLog));
  return (
    <Card
      title="Chain of entries"
      hint="Each entry carries the hash of the one before; a changed or missing one breaks the chain"
      aside={
        <Button pending={action.pending()} onClick={() => void action.run()}>
          <ShieldCheck size={15} aria-hidden="true" /> Verify
        </Button>
      }
    >
      <Show when={action.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
      <div role="status">
        <Show when={result()} fallback={<p class="text-sm text-ink-2">Not verified in this session.</p>}>
          {(result) => (
            <p class="flex flex-wrap items-center gap-2 text-sm">
              <Badge tone={result().intact ? 'ok' : 'error'}>{result().intact ? 'Intact' : 'Broken'}</Badge>
              {result().intact
                ? `${plural(result().entries, 'entry', 'entries')} checked`
                : `The first entry that does not fit is no. ${result().firstBadSequence}`}
            </p>
          )}
        </Show>
      </div>
    </Card>
  );
}
