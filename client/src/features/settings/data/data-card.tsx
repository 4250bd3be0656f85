import { Show } from 'solid-js';
import { may } from '../../../data/session.ts';
import { Card } from '../../../ui/card.tsx';
import { ExportsList } from './exports-list.tsx';
import { RetentionForm } from './retention-form.tsx';

/** How long the organisation keeps its data, and the way to take all of it along. */
export function DataCard() {
  return (
    <Show when={may('data:read')}>
      <Card title="Data" hint="Records and journeys of all connections">
        <div class="flex flex-col gap-6">
          <RetentionForm />
          <ExportsList />
        </div>
      </Card>
    </Show>
  );
}
