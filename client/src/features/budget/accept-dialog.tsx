import { createEffect, createSignal, on } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { AcceptBudgetPlanDocument, type PlanFieldsFragment } from './budget.generated.ts';

/** Records the decision for a plan, with a note that says why. */
export function AcceptDialog(props: {
  plan: PlanFieldsFragment | undefined;
  onClose: () => void;
  onAccepted: () => void;
}) {
  const [note, setNote] = createSignal('');
  const accept = createAction(async (id: string) => {
    await mutate(AcceptBudgetPlanDocument, { id, note: note() });
    toast('The plan is accepted.');
    props.onAccepted();
    props.onClose();
  });
  createEffect(
    on(
      () => props.plan?.id,
      () => {
        setNote('');
        accept.clear();
      },
    ),
  );
  return (
    <Dialog
      open={props.plan !== undefined}
      title={`Accept “${props.plan?.name ?? ''}”`}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            look="primary"
            pending={accept.pending()}
            onClick={() => props.plan && void accept.run(props.plan.id)}
          >
            Accept plan
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-3 text-sm">
        <p>{props.plan?.answer.conclusion}</p>
        <p class="text-ink-2">
          The decision is kept with your name, the time, and the plan as it was computed. It cannot be taken back; a
          later plan may be accepted in its place.
        </p>
        <TextArea
          label="Note"
          value={note()}
          error={accept.failure()?.message}
          maxlength={2000}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
