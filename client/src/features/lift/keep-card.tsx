import { A } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { createAction, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { CalibrateByLiftDocument, type LiftFieldsFragment } from './lift.generated.ts';

/** Keeps what an evaluation found of a channel, so that mix models are held to it. */
export function KeepCard(props: { run: LiftFieldsFragment }) {
  const [kept, setKept] = createSignal(false);
  const regions = () => (props.run.settings as { records?: { unit?: string } | null }).records?.unit === 'REGION';
  const keep = createAction(async (form: FormData) => {
    const share = String(form.get('share') ?? '').trim();
    const channel = String(form.get('channel') ?? '').trim();
    const shareOfSpend = share === '' ? null : Number(share) / 100;
    await mutate(CalibrateByLiftDocument, { input: { evaluationId: props.run.id, channel, shareOfSpend } });
    setKept(true);
  });
  return (
    <Show when={may('causal:run') && props.run.calibration}>
      {(found) => (
        <Card title="Keep as a calibration" hint="Mix models are then held to it, and attribution stands beside it.">
          <Show
            when={!kept()}
            fallback={
              <p role="status" class="text-sm">
                Kept under{' '}
                <A class="text-accent hover:underline" href="/experiments?tab=calibrations">
                  Calibrations
                </A>
                .
              </p>
            }
          >
            <form
              class="flex flex-col gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                void keep.run(new FormData(event.currentTarget));
              }}
            >
              <TextField name="channel" label="Channel" required value={found().channel ?? ''} />
              <Show when={regions()}>
                <TextField
                  name="share"
                  label="Share of the usual spend, in %"
                  type="number"
                  min="0"
                  max="100"
                  step="any"
                  required={found().region === null}
                  hint="Of the treated regions; scales the result up to all of them"
                />
              </Show>
              <Show when={keep.failure()}>{(failure) => <Banner tone="error">{failure().message}</Banner>}</Show>
              <div>
                <Button type="submit" size="sm" pending={keep.pending()}>
                  Keep
                </Button>
              </div>
            </form>
          </Show>
        </Card>
      )}
    </Show>
  );
}
