import { Show } from 'solid-js';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { integer, plural } from '../../../ui/format.ts';
import { RowErrorsTable } from '../row-errors-table.tsx';
import type { DryRunImportMutation } from '../upload.generated.ts';

type Result = DryRunImportMutation['dryRunImport'];

function Count(props: { label: string; value: number; tone?: string }) {
  return (
    <div>
      <dt class="text-xs font-semibold text-ink-2">{props.label}</dt>
      <dd class={`tabular text-2xl font-semibold tracking-[-0.02em] ${props.tone ?? ''}`}>{integer(props.value)}</dd>
    </div>
  );
}

/** Third step: what an import would do; nothing is stored yet. */
export function CheckStep(props: {
  result: Result;
  pending: boolean;
  error: string | undefined;
  onBack: () => void;
  onImport: () => void;
}) {
  const refused = () => props.result.rowsRejected;
  return (
    <div class="flex flex-col gap-4">
      <Card title="Dry run" hint="The whole file was read; nothing was stored">
        <dl class="grid grid-cols-3 gap-4">
          <Count label="Rows read" value={props.result.rowsRead} />
          <Count label="Will be stored" value={props.result.rowsAccepted} tone="text-ok" />
          <Count label="Will be refused" value={refused()} tone={refused() > 0 ? 'text-error' : ''} />
        </dl>
      </Card>
      <Show when={props.error}>
        <Banner tone="error">{props.error}</Banner>
      </Show>
      <div class="flex gap-2">
        <Button
          look="primary"
          disabled={props.result.rowsAccepted === 0}
          pending={props.pending}
          onClick={() => props.onImport()}
        >
          Import {plural(props.result.rowsAccepted, 'row')}
        </Button>
        <Button look="ghost" onClick={() => props.onBack()}>
          Back to columns
        </Button>
      </div>
      <Show when={props.result.errors.length > 0}>
        <Card
          title="Refused rows"
          hint={
            refused() > props.result.errors.length
              ? `The first ${props.result.errors.length} of ${integer(refused())}`
              : 'They stay out; the others are imported'
          }
          flush
        >
          <RowErrorsTable rows={props.result.errors} />
        </Card>
      </Show>
    </div>
  );
}
